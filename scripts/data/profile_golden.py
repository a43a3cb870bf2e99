"""Writes test/golden/data/statistics.json: what numpy, scipy, pandas and scikit-learn 1.2.1 say of a small table, for profiles to agree with.

    python3 scripts/data/profile_golden.py
"""

import json
from pathlib import Path

import numpy
import pandas
from scipy import stats
from sklearn.metrics import mutual_info_score

DESTINATION = Path(__file__).resolve().parents[2] / "test" / "golden" / "data" / "statistics.json"


def table():
    generator = numpy.random.default_rng(11)
    rows = 240
    size = numpy.round(generator.normal(50, 9, rows), 2)
    income = numpy.round(numpy.exp(generator.normal(8, 1.2, rows)), 1)
    rooms = generator.integers(1, 7, rows)
    colour = generator.choice(["red", "green", "blue", "grey"], rows, p=[0.5, 0.3, 0.15, 0.05])
    price = numpy.round(3 * size + 40 * (colour == "red") + generator.normal(0, 20, rows), 1)
    kind = numpy.where(size + generator.normal(0, 6, rows) > 50, "large", "small")
    frame = pandas.DataFrame({"size": size, "income": income, "rooms": rooms, "colour": colour, "price": price, "kind": kind, "band": pandas.qcut(price, 3, labels=["low", "middle", "high"]).astype(str)})
    frame.loc[generator.random(rows) < 0.1, "size"] = numpy.nan
    frame.loc[generator.random(rows) < 0.05, "colour"] = None
    return pandas.concat([frame, frame.iloc[[3, 3, 17, 40]]], ignore_index=True)


def numbers(column):
    values = column.dropna()
    low, high = values.quantile(0.25), values.quantile(0.75)
    outside = (values < low - 1.5 * (high - low)) | (values > high + 1.5 * (high - low))
    return {
        "mean": values.mean(),
        "standardDeviation": values.std(),
        "skewness": float(stats.skew(values)),
        "quantiles": [float(numpy.quantile(values, level)) for level in (0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1)],
        "outliers": int(outside.sum()),
        "distinct": int(values.nunique()),
        "missing": int(column.isna().sum()),
    }


def corrected_v(one, other):
    counts = pandas.crosstab(one, other).to_numpy()
    rows = counts.sum()
    chi = stats.chi2_contingency(counts, correction=False)[0]
    r, c = counts.shape
    phi = max(0, chi / rows - (r - 1) * (c - 1) / (rows - 1))
    return {
        "chiSquared": float(chi),
        "cramersV": float(numpy.sqrt(phi / min(r - (r - 1) ** 2 / (rows - 1) - 1, c - (c - 1) ** 2 / (rows - 1) - 1))),
        "uncorrected": float(stats.contingency.association(counts, method="cramer")),
        "mutualInformation": float(mutual_info_score(one, other)),
        "entropy": float(stats.entropy(pandas.Series(other).value_counts())),
    }


def ratio(values, groups):
    """The F of a one-way analysis of variance as a corrected share of variance, by scipy's f_oneway; on ranks by kruskal."""
    frame = pandas.DataFrame({"values": values, "groups": groups}).dropna()
    parts = [part["values"].to_numpy() for _, part in frame.groupby("groups")]
    rows, count = len(frame), len(parts)
    f = stats.f_oneway(*parts)[0]
    epsilon = max(0, ((count - 1) * (f - 1)) / ((count - 1) * f + rows - count))
    h = stats.kruskal(*parts)[0]
    ranked = max(0, (h - count + 1) / (rows - count))
    return {"correlationRatio": float(numpy.sqrt(epsilon)), "onRanks": float(numpy.sqrt(ranked))}


frame = table()
known = frame.dropna()
together = frame[["size", "price"]].dropna()
answer = {
    "csv": frame.to_csv(index=False, lineterminator="\n"),
    "numbers": {name: numbers(frame[name]) for name in ("size", "income", "rooms", "price")},
    "duplicates": int(frame.duplicated().sum()),
    "complete": int(len(known)),
    "pearson": float(stats.pearsonr(together["size"], together["price"])[0]),
    "spearman": float(stats.spearmanr(together["size"], together["price"])[0]),
    "correlations": frame[["size", "income", "rooms", "price"]].corr().to_numpy().tolist(),
    "colourBand": corrected_v(*(frame[["colour", "band"]].dropna()[name] for name in ("colour", "band"))),
    "priceByColour": ratio(frame["price"], frame["colour"]),
    "sizeByKind": ratio(frame["size"], frame["kind"]),
    "top": {str(value): int(count) for value, count in frame["colour"].value_counts().items()},
}
DESTINATION.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
