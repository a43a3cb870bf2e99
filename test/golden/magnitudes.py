"""Writes magnitudes.json: what numpy's histogram says of numbers over many orders of magnitude, zeros, edges and overflow among them.

Run: python3 test/golden/magnitudes.py   (needs python3-numpy)
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(3)
powers = 2.0 ** np.arange(-24, 8)


def case(name, values):
    values = np.asarray(values, dtype=np.float32)
    # Bins below zero are closed at their far end, as those above are: their numbers are counted with the other sign.
    upper = np.concatenate([[0], powers, [np.inf]])
    above = np.histogram(np.abs(values[values > 0]), upper)[0]
    below = np.histogram(np.abs(values[values < 0]), upper)[0]
    zeros = int((values == 0).sum())
    counts = np.concatenate([below[:0:-1], [below[0] + above[0] + zeros], above[1:]])
    return {
        "name": name,
        "values": [float(value) for value in values],
        "counts": [int(count) for count in counts],
        "zeros": zeros,
        "norm": float(np.linalg.norm(values.astype(np.float64))),
    }


spread = random.normal(size=200) * 10.0 ** random.uniform(-10, 4, size=200)
cases = [
    case("many orders of magnitude", spread),
    case("powers of two, which are edges", np.concatenate([powers, -powers, [2.0**8, -(2.0**-25), 2.0**-149]])),
    case("zeros of both signs", [0.0, -0.0, 0.0, 1.0]),
    case("one number", [-0.3]),
]
pathlib.Path(__file__).with_name("magnitudes.json").write_text(json.dumps(cases) + "\n")
