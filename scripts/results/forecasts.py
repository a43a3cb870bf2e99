"""Daily riders of a station in Chicago (r-cran-modeldata): writes their CSV, and measures scikit-learn's ridge regression on the windows of the
rows before, each of the 14 days ahead by itself, and the naive and seasonal naive forecasts.

Run: python3 scripts/results/forecasts.py MODELDATA_FOLDER OUT_FOLDER [--measure TEST LOOKBACK]   (needs python3-sklearn)
OUT_FOLDER/chicago.csv is written. TEST is the number of the latest origins that are tested, LOOKBACK the rows that a window has: both as our run
says them; what is printed then is test/golden/forecasts.json.
"""
import csv
import datetime
import json
import pathlib
import sys

import numpy as np

from r_data import read_frame

HORIZON = 14
SEASON = 7


def series(folder):
    columns, rows = read_frame(folder, "Chicago")
    day, riders = columns.index("date"), columns.index("ridership")
    epoch = datetime.date(1970, 1, 1)
    return [((epoch + datetime.timedelta(days=int(row[day]))).isoformat(), row[riders]) for row in rows]


def measured(values, test, lookback):
    import sklearn
    from sklearn.linear_model import Ridge

    origins = np.arange(lookback - 1, len(values) - HORIZON)
    ahead = np.array([values[origin + 1 : origin + 1 + HORIZON] for origin in origins])
    windows = np.array([values[origin + 1 - lookback : origin + 1] for origin in origins])
    # All that is learnt was known when the first question of the test is asked.
    known = origins + HORIZON <= origins[-test]
    ridge = Ridge().fit(windows[known], ahead[known])
    mae = lambda told: float(np.mean(np.abs(told - ahead[-test:])))
    seasonal = np.array([[values[origin - SEASON + 1 + step % SEASON] for step in range(HORIZON)] for origin in origins[-test:]])
    return {
        "scikit-learn": sklearn.__version__,
        "horizon": HORIZON,
        "lookback": lookback,
        "test": test,
        "mae": {"ridge": mae(ridge.predict(windows[-test:])), "naive": mae(np.repeat(windows[-test:, -1:], HORIZON, 1)), "seasonal": mae(seasonal)},
    }


folder, out, *more = sys.argv[1:]
rows = series(folder)
pathlib.Path(out).mkdir(parents=True, exist_ok=True)
with open(pathlib.Path(out) / "chicago.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["day", "riders"])
    writer.writerows(rows)
if more:
    print(json.dumps(measured(np.array([riders for _, riders in rows]), int(more[1]), int(more[2])), indent=2))
