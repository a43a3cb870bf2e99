"""Breast cancer as a table of odd rows: writes five seeded splits (a quarter for the test), and measures scikit-learn's isolation forest and
principal components on them, trained on benign rows alone and on all.

Run: python3 scripts/results/anomalies.py TABLE OUT_FOLDER [--measure]   (needs python3-sklearn; TABLE is public/data/breast-cancer.csv)
OUT_FOLDER/SPLIT-train.csv and SPLIT-test.csv are written; with --measure what is printed is test/golden/anomalies.json.
"""
import csv
import hashlib
import json
import pathlib
import sys

import numpy as np
from sklearn.model_selection import train_test_split

SPLITS = 5


def measured(inputs, odd, train, test):
    from sklearn.decomposition import PCA
    from sklearn.ensemble import IsolationForest
    from sklearn.metrics import roc_auc_score
    from sklearn.preprocessing import StandardScaler

    figures = {}
    for name, rows in [("normal", train[~odd[train]]), ("all", train)]:
        scaler = StandardScaler().fit(inputs[rows])
        learnt, asked = scaler.transform(inputs[rows]), scaler.transform(inputs[test])
        forest = IsolationForest(random_state=0).fit(learnt)
        components = PCA(10).fit(learnt)
        rest = np.square(asked - components.inverse_transform(components.transform(asked))).mean(1)
        figures[name] = {"forest": roc_auc_score(odd[test], -forest.score_samples(asked)), "pca10": roc_auc_score(odd[test], rest)}
    return figures


table, out, *more = sys.argv[1:]
with open(table, newline="", encoding="utf-8") as file:
    header, *rows = list(csv.reader(file))
target = header.index("diagnosis")
inputs = np.array([[float(cell) for at, cell in enumerate(row) if at != target] for row in rows])
odd = np.array([row[target] == "malignant" for row in rows])
pathlib.Path(out).mkdir(parents=True, exist_ok=True)
splits = []
for seed in range(SPLITS):
    train, test = train_test_split(np.arange(len(rows)), test_size=0.25, random_state=seed, stratify=odd)
    for part, chosen in [("train", train), ("test", test)]:
        with open(pathlib.Path(out) / f"{seed}-{part}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *(rows[at] for at in chosen)])
    digest = hashlib.sha256(",".join(map(str, test)).encode()).hexdigest()
    splits.append({"seed": seed, "testRows": digest, **(measured(inputs, odd, train, test) if more else {})})
if more:
    import sklearn

    print(json.dumps({"scikit-learn": sklearn.__version__, "splits": splits}, indent=1))
else:
    (pathlib.Path(out) / "splits.json").write_text(json.dumps(splits))
