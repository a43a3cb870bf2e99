"""
Writes test/golden/pipeline/steps.json: what scikit-learn makes of small columns, fitted on some rows and applied to all, for our steps to agree
with. The tokens are those of the tokeniser "unicode words v1", written here anew from Python's unicodedata.

    python3 scripts/data/pipeline_golden.py
"""

import json
import unicodedata
from pathlib import Path

import numpy
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.feature_extraction import FeatureHasher
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OrdinalEncoder, RobustScaler, StandardScaler

DESTINATION = Path(__file__).resolve().parents[2] / "test" / "golden" / "pipeline" / "steps.json"
IDEOGRAPHIC = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA LETTER", "KATAKANA LETTER")


def tokens(text):
    words, word = [], ""

    def small(letter):
        lower = letter.lower()
        return "i" if letter == "\u0130" else lower if len(lower) == 1 else letter

    def close():
        nonlocal word
        if word:
            words.append("".join(small(letter) for letter in unicodedata.normalize("NFC", word)))
        word = ""

    for letter in text:
        if unicodedata.category(letter)[0] not in "LNM":
            close()
        elif unicodedata.name(letter, "").startswith(IDEOGRAPHIC):
            close()
            word = letter
            close()
        else:
            word += letter
    close()
    return words


def numbers(generator, training):
    values = numpy.round(generator.normal(5, 2, 60), 2)
    values[generator.random(60) < 0.2] = numpy.nan
    values[7] = values[9] = values[12] = 5.25
    cases = []
    for impute in ["median", "mean", "most_frequent", "constant"]:
        for name, scaler in [("standard", StandardScaler()), ("robust", RobustScaler()), ("min-max", MinMaxScaler())]:
            imputer = SimpleImputer(strategy=impute, fill_value=-1.5 if impute == "constant" else None)
            fitted = make_pipeline(imputer, scaler).fit(values[training].reshape(-1, 1))
            cases.append({"impute": impute, "scale": name, "fill": float(imputer.statistics_[0]), "values": fitted.transform(values.reshape(-1, 1))[:, 0].tolist()})
    return {"values": [None if numpy.isnan(value) else value for value in values.tolist()], "cases": cases}


def categories(generator, training):
    values = generator.choice(["low", "mid", "high", "Überhoch", "字"], size=60)
    values[3] = "only outside"
    column = values.reshape(-1, 1).astype(object)
    training = training[training != 3]
    ordinal = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(column[training])
    asked = OrdinalEncoder(categories=[["low", "mid", "high", "Überhoch"]], handle_unknown="use_encoded_value", unknown_value=-1).fit([["low"]])
    hashed = FeatureHasher(n_features=8, input_type="string").transform([[value] for value in values])
    return {
        "values": values.tolist(),
        "training": training.tolist(),
        "order": ordinal.categories_[0].tolist(),
        "codes": ordinal.transform(column)[:, 0].tolist(),
        "asked": asked.transform(column)[:, 0].tolist(),
        "hashed": hashed.toarray().tolist(),
    }


def target_means(generator, training):
    """The smoothed means by numpy: scikit-learn's own encoder came after the version that Debian has."""
    values = generator.choice(["a", "b", "c", "d"], size=60)
    target = numpy.round(generator.normal(100, 5, 60) + (values == "a") * 10, 3)
    mean = target[training].mean()
    means = {}
    for value in "abcd":
        own = target[training][values[training] == value]
        means[value] = (own.sum() + 10 * mean) / (len(own) + 10)
    return {"values": values.tolist(), "target": target.tolist(), "prior": mean, "scale": target[training].std(), "means": means}


def texts():
    documents = [
        "The quick brown fox jumps over the lazy dog.",
        "A DOG and a fox: friends, friends for ever!",
        "Naïve café — naïve CAFÉ; ﬁne x² ¾ İstanbul",
        "",
        "Straße und STRASSE, ΑΣ ας Ωμέγα",
        "東京タワーへ行く 2024年",
        "don't stop; e-mail me@example.com 3.14",
        "हिन्दी भाषा हिन्दी",
        "fox fox fox dog",
        "never seen words only here",
    ]
    training = list(range(9))
    cases = []
    for ngrams, sublinear, fewest, share in [(1, False, 1, 1.0), (1, True, 1, 1.0), (2, True, 2, 1.0), (2, False, 1, 0.3)]:
        vectorizer = TfidfVectorizer(
            tokenizer=tokens, token_pattern=None, lowercase=False, ngram_range=(1, ngrams), sublinear_tf=sublinear, min_df=fewest, max_df=share
        ).fit([documents[row] for row in training])
        cases.append({
            "ngrams": ngrams,
            "sublinear": sublinear,
            "fewest": fewest,
            "mostShare": share,
            "terms": vectorizer.get_feature_names_out().tolist(),
            "idf": vectorizer.idf_.tolist(),
            "values": vectorizer.transform(documents).toarray().tolist(),
        })
    hashing = HashingVectorizer(tokenizer=tokens, token_pattern=None, lowercase=False, n_features=16, ngram_range=(1, 2))
    return {
        "documents": documents,
        "tokens": [tokens(document) for document in documents],
        "training": training,
        "cases": cases,
        "hashed": hashing.transform(documents).toarray().tolist(),
    }


generator = numpy.random.default_rng(11)
training = numpy.sort(generator.permutation(60)[:40])
DESTINATION.parent.mkdir(parents=True, exist_ok=True)
golden = {
    "training": training.tolist(),
    "numbers": numbers(generator, training),
    "categories": categories(generator, training),
    "targetMeans": target_means(generator, training),
    "texts": texts(),
}
DESTINATION.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
