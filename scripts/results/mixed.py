"""Five mixed tables (numbers, categories, missing values): writes their CSVs and, for five seeded splits each, the rows of
training and test, and measures scikit-learn's linear model and MLP on them.

Run: python3 scripts/results/mixed.py MODELDATA_FOLDER OUT_FOLDER [--measure]   (needs python3-sklearn; the data is
Debian's r-cran-modeldata: apt-get download r-cran-modeldata && dpkg-deb -x *.deb .)
OUT_FOLDER/NAME.csv, NAME-SPLIT-train.csv, NAME-SPLIT-test.csv and splits.json are written; with --measure splits.json holds
scikit-learn's figures too, and is what test/golden/mixed-tables.json was copied from.
"""
import csv
import hashlib
import json
import pathlib
import sys
import warnings

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from r_data import read_frame

TABLES = [
    ("ames", "Sale_Price", "regression"),
    ("concrete", "compressive_strength", "regression"),
    ("attrition", "Attrition", "classification"),
    ("credit_data", "Status", "classification"),
    ("wa_churn", "churn", "classification"),
]
SPLITS = 5
TEST_SHARE = 0.25


def write_csv(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def as_arrays(columns, rows, target):
    """Answers the number columns [rows, n] with NaN, the category columns [rows, m] as texts, and the target."""
    place = columns.index(target)
    by_column = {name: [row[at] for row in rows] for at, name in enumerate(columns) if at != place}
    numeric = [name for name, values in by_column.items() if all(value is None or not isinstance(value, str) for value in values)]
    numbers = np.array([[np.nan if value is None else float(value) for value in by_column[name]] for name in numeric]).T
    texts = [["(missing)" if value is None else str(value) for value in by_column[name]] for name in by_column if name not in numeric]
    categories = np.array(texts, dtype=object).T if texts else np.empty((len(rows), 0), dtype=object)
    inputs = np.concatenate([numbers.astype(object), categories], axis=1)
    return inputs, len(numeric), np.array([row[place] for row in rows])


def prepared(numbers, columns, model):
    return make_pipeline(
        ColumnTransformer(
            [
                ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), list(range(numbers))),
                ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), list(range(numbers, columns))),
            ]
        ),
        model,
    )


def models(task, seed):
    shared = {"early_stopping": True, "max_iter": 500, "n_iter_no_change": 20, "random_state": seed}
    if task == "classification":
        return {
            "linear": LogisticRegression(max_iter=5000),
            "mlp64": MLPClassifier((64,), **shared),
            "mlp128": MLPClassifier((128,), **shared),
        }
    scaled = lambda model: TransformedTargetRegressor(model, transformer=StandardScaler())
    return {"linear": Ridge(), "mlp64": scaled(MLPRegressor((64,), **shared)), "mlp128": scaled(MLPRegressor((128,), **shared))}


def main(source, out, *wishes):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore")
    results = []
    for name, target, task in TABLES:
        columns, rows = read_frame(source, name)
        write_csv(out / f"{name}.csv", columns, rows)
        inputs, numbers, wanted = as_arrays(columns, rows, target)
        splits = []
        for seed in range(SPLITS):
            stratify = wanted if task == "classification" else None
            training, test = train_test_split(np.arange(len(rows)), test_size=TEST_SHARE, random_state=seed, stratify=stratify)
            training, test = np.sort(training), np.sort(test)
            write_csv(out / f"{name}-{seed}-train.csv", columns, [rows[at] for at in training])
            write_csv(out / f"{name}-{seed}-test.csv", columns, [rows[at] for at in test])
            figures = {}
            for kind, model in models(task, seed).items() if "--measure" in wishes else ():
                fitted = prepared(numbers, inputs.shape[1], model).fit(inputs[training], wanted[training])
                figures[kind] = float(fitted.score(inputs[test], wanted[test]))
            splits.append({"seed": seed, "testRows": hashlib.sha256(test.astype("<u4").tobytes()).hexdigest(), **figures})
        metric = "accuracy" if task == "classification" else "r2"
        results.append({"name": name, "target": target, "task": task, "metric": metric, "rows": len(rows), "splits": splits})
    document = {"scikitLearn": sklearn.__version__, "testShare": TEST_SHARE, "tables": results}
    (out / "splits.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
