"""Writes test/golden/data: what Python's csv module and scikit-learn 1.2.1 make of small tables, for the tests to agree with.

    python3 scripts/data/golden.py
"""

import csv
import io
import json
import random
from pathlib import Path

import numpy
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

DESTINATION = Path(__file__).resolve().parents[2] / "test" / "golden" / "data"


def write(name, value):
    DESTINATION.mkdir(parents=True, exist_ok=True)
    (DESTINATION / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def csv_tables():
    """Random tables written by csv.writer in several dialects, with what csv.reader reads back."""
    generator = random.Random(5)
    pieces = ["a", "ß", "字", "1", "2.5", " ", ",", ";", "\t", "|", '"', "\n", "'", "\\", "=1+1"]
    tables = []
    for case in range(40):
        delimiter = [",", ";", "\t", "|"][case % 4]
        ending = ["\n", "\r\n"][case // 4 % 2]
        columns = generator.randint(2, 4)
        rows = [[f"name {index}" for index in range(columns)]]
        for _ in range(generator.randint(1, 5)):
            rows.append(["".join(generator.choices(pieces, k=generator.randint(0, 5))) for _ in range(columns)])
        text = io.StringIO(newline="")
        quoting = [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC][case % 3]
        csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerows(rows)
        read = list(csv.reader(io.StringIO(text.getvalue(), newline=""), delimiter=delimiter))
        assert read == rows
        tables.append({"delimiter": delimiter, "text": text.getvalue(), "rows": read})
    return tables


def preprocessing():
    """Median imputation, StandardScaler and OneHotEncoder fitted on some rows and applied to all."""
    generator = numpy.random.default_rng(7)
    rows = 60
    numbers = generator.normal(loc=[10, -3, 1e6], scale=[2, 0.01, 1e3], size=(rows, 3))
    numbers[generator.random((rows, 3)) < 0.15] = numpy.nan
    numbers[:, 2][numpy.isnan(numbers[:, 2])] = 1e6
    categories = generator.choice(["red", "green", "blue", "Ärger"], size=rows).astype(object)
    training = numpy.sort(generator.permutation(rows)[:40])

    imputer = SimpleImputer(strategy="median", add_indicator=False).fit(numbers[training])
    scaler = StandardScaler().fit(imputer.transform(numbers[training]))
    encoder = OneHotEncoder(sparse_output=False, handle_unknown="ignore").fit(categories[training].reshape(-1, 1))
    return {
        "numbers": [[None if numpy.isnan(value) else float(value) for value in row] for row in numbers],
        "categories": categories.tolist(),
        "training": training.tolist(),
        "fill": imputer.statistics_.tolist(),
        "mean": scaler.mean_.tolist(),
        "deviation": scaler.scale_.tolist(),
        "scaled": scaler.transform(imputer.transform(numbers)).tolist(),
        "vocabulary": encoder.categories_[0].tolist(),
        "oneHot": encoder.transform(categories.reshape(-1, 1)).tolist(),
    }


def profile():
    """numpy's figures of a skewed column."""
    values = numpy.round(numpy.random.default_rng(3).lognormal(sigma=1.5, size=500), 3)
    counts, _ = numpy.histogram(values, bins=24)
    return {
        "values": values.tolist(),
        "mean": float(values.mean()),
        "median": float(numpy.median(values)),
        "standardDeviation": float(values.std(ddof=1)),
        "minimum": float(values.min()),
        "maximum": float(values.max()),
        "skewness": float(((values - values.mean()) ** 3).mean() / values.std() ** 3),
        "histogram": counts.tolist(),
    }


write("csv.json", csv_tables())
write("preprocessing.json", preprocessing())
write("profile.json", profile())
