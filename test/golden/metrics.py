"""Writes metrics.json: what scikit-learn 1.2.1 says of cases with ties, absent classes, sure mistakes and single rows.

Run: python3 test/golden/metrics.py   (needs python3-sklearn)
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")
random = np.random.default_rng(7)


def classification(name, actual, probabilities):
    actual = np.asarray(actual)
    probabilities = np.asarray(probabilities, dtype=np.float32)
    classes = probabilities.shape[1]
    predicted = probabilities.argmax(axis=1)
    # The mean over classes that occur; scikit-learn itself refuses absent classes.
    areas = [
        metrics.roc_auc_score(actual == label, probabilities[:, label])
        for label in (range(classes) if classes > 2 else [1])
        if 0 < (actual == label).sum() < len(actual)
    ]
    macro = {"average": "macro", "zero_division": 0}
    return {
        "name": name,
        "classes": classes,
        "actual": actual.tolist(),
        "probabilities": [float(value) for value in probabilities.ravel()],
        "expected": {
            "accuracy": metrics.accuracy_score(actual, predicted),
            "balancedAccuracy": metrics.balanced_accuracy_score(actual, predicted),
            "f1Macro": metrics.f1_score(actual, predicted, **macro),
            "precisionMacro": metrics.precision_score(actual, predicted, **macro),
            "recallMacro": metrics.recall_score(actual, predicted, **macro),
            "mcc": metrics.matthews_corrcoef(actual, predicted),
            "logLoss": float(metrics.log_loss(actual, probabilities, labels=np.arange(classes))),
            "rocAuc": float(np.mean(areas)) if areas else None,
        },
        "calibration": calibration(actual, predicted, probabilities),
    }


def calibration(actual, predicted, probabilities, bins=10):
    confidence = probabilities.max(axis=1).astype(np.float64)
    bin_of = np.digitize(confidence, np.linspace(0, 1, bins + 1)[1:-1], right=True)
    error = 0.0
    for index in range(bins):
        inside = bin_of == index
        if inside.any():
            gap = (actual[inside] == predicted[inside]).mean() - confidence[inside].mean()
            error += inside.mean() * abs(gap)
    return float(error)


def regression(name, actual, predicted):
    return {
        "name": name,
        "actual": [float(value) for value in actual],
        "predicted": [float(value) for value in predicted],
        "expected": {
            "rmse": metrics.mean_squared_error(actual, predicted, squared=False),
            "mae": metrics.mean_absolute_error(actual, predicted),
            "r2": metrics.r2_score(actual, predicted),
        },
    }


def soft(rows, classes, sharpness=1.0):
    logits = random.normal(size=(rows, classes)) * sharpness
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def leaning(actual, classes, rows):
    probabilities = soft(rows, classes) + np.eye(classes)[actual] * 0.5
    return probabilities / probabilities.sum(axis=1, keepdims=True)


def multilabel(name, actual, probabilities):
    actual = np.asarray(actual, dtype=int)
    probabilities = np.asarray(probabilities, dtype=np.float32)
    predicted = (probabilities >= 0.5).astype(int)
    sums = actual.sum(axis=0)
    # scikit-learn refuses labels that every row has, or none.
    mixed = [label for label in range(actual.shape[1]) if 0 < sums[label] < len(actual)]
    there = [label for label in range(actual.shape[1]) if sums[label] > 0]
    areas = [metrics.roc_auc_score(actual[:, label], probabilities[:, label]) for label in mixed]
    precisions = [metrics.average_precision_score(actual[:, label], probabilities[:, label]) for label in there]
    return {
        "name": name,
        "labels": actual.shape[1],
        "actual": actual.ravel().tolist(),
        "probabilities": [float(value) for value in probabilities.ravel()],
        "expected": {
            "subsetAccuracy": metrics.accuracy_score(actual, predicted),
            "hammingLoss": metrics.hamming_loss(actual, predicted),
            "f1Micro": metrics.f1_score(actual, predicted, average="micro", zero_division=0),
            "f1Macro": metrics.f1_score(actual, predicted, average="macro", zero_division=0),
            "rocAuc": float(np.mean(areas)) if areas else None,
            "averagePrecision": float(np.mean(precisions)) if precisions else None,
        },
    }


def anomaly(name, known, scores, share):
    known = np.asarray(known)
    scores = np.asarray(scores, dtype=np.float32)
    threshold = float(np.quantile(scores.astype(np.float64), share))
    flagged = scores > threshold
    labelled = known >= 0
    truth = known[labelled] == 1
    mixed = 0 < truth.sum() < len(truth)
    return {
        "name": name,
        "known": known.tolist(),
        "scores": [float(value) for value in scores],
        "share": share,
        "threshold": threshold,
        "expected": {
            "rocAuc": metrics.roc_auc_score(truth, scores[labelled]) if mixed else None,
            "averagePrecision": metrics.average_precision_score(truth, scores[labelled]) if mixed else None,
            "precision": metrics.precision_score(truth, flagged[labelled], zero_division=0) if len(truth) else None,
            "recall": metrics.recall_score(truth, flagged[labelled], zero_division=0) if len(truth) else None,
            "flagged": float(flagged.mean()),
        },
    }


two = random.integers(0, 2, 40)
four = random.integers(0, 4, 60)
tied = np.round(leaning(two, 2, 40)[:, 1] * 4) / 4

document = {
    "classification": [
        classification("two classes", two, leaning(two, 2, 40)),
        classification("four classes", four, leaning(four, 4, 60)),
        classification("ties", two, np.stack([1 - tied, tied], axis=1)),
        classification("three classes, all equally likely", [0, 1, 2, 1], np.full((4, 3), 1 / 3)),
        classification("a class that never occurs", random.choice([0, 2], 30), soft(30, 3)),
        classification("a class that is never predicted", [0, 1, 2, 2, 1, 0], np.array([[0.5, 0.1, 0.4]] * 3 + [[0.3, 0.1, 0.6]] * 3)),
        classification("sure and wrong", [0, 1, 1, 0], [[0, 1], [1, 0], [0, 1], [1, 0]]),
        classification("only one class", [1, 1, 1], soft(3, 3)),
        classification("one row", [2], soft(1, 3)),
        classification("two classes, rows that do not sum to 1", two, leaning(two, 2, 40) * random.uniform(0.5, 0.99, (40, 2))),
        classification("many rows, sharp", random.integers(0, 3, 150), soft(150, 3, 8.0)),
    ],
    "regression": [
        regression("ordinary", *(lambda a: (a, a + random.normal(size=50)))(random.normal(size=50) * 10)),
        regression("large offset", *(lambda a: (a, a + random.normal(size=30)))(1e8 + random.normal(size=30))),
        regression("worse than the mean", [1, 2, 3, 4], [4, 3, 2, 1]),
        regression("constant target, met", [5, 5, 5], [5, 5, 5]),
        regression("constant target, missed", [5, 5, 5], [5, 4, 6]),
    ],
}

# Drawn last, so that the cases above stay as they are.
three = random.integers(0, 2, (40, 3))
hints = np.clip(three * 0.3 + random.uniform(0, 0.7, (40, 3)), 0, 1)
odd = (random.uniform(size=80) < 0.2).astype(int)
spread = random.gamma(2, 1, 80) + odd * 2
document["multilabel"] = [
    multilabel("three labels", three, hints),
    multilabel("ties", three, np.round(hints * 4) / 4),
    multilabel("a label that no row has, and one that all have", np.stack([three[:, 0], three[:, 0] * 0, three[:, 0] * 0 + 1], axis=1), hints),
    multilabel("rows without a label, none predicted", np.zeros((5, 2)), np.full((5, 2), 0.2)),
    multilabel("one row", [[1, 0, 1]], [[0.9, 0.6, 0.1]]),
]
document["anomaly"] = [
    anomaly("one in five, above the 0.9 quantile", odd, spread, 0.9),
    anomaly("ties", odd, np.round(spread), 0.75),
    anomaly("some rows are not known", np.where(np.arange(80) % 3 == 0, -1, odd), spread, 0.95),
    anomaly("no row is known", np.full(80, -1), spread, 0.99),
    anomaly("all known rows are normal", np.zeros(80, dtype=int), spread, 0.99),
    anomaly("one row", [1], [2.5], 0.5),
]

path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text(json.dumps(document, allow_nan=False) + "\n")
