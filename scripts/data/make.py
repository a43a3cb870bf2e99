"""Makes the built-in tables of public/data from scikit-learn's copies (1.2.1) and from the R package modeldata (1.1.0).

    Rscript scripts/data/penguins.R penguins.csv
    python3 scripts/data/make.py penguins.csv

Values are the originals, written with the fewest digits that read back the same. The target is the last column. Nothing
is dropped, filled or reordered. The same inputs give the same bytes.
"""

import csv
import json
import sys
from pathlib import Path

from sklearn import datasets

DESTINATION = Path(__file__).resolve().parents[2] / "public" / "data"
UCI = "UCI Machine Learning Repository"
CC_BY = "CC BY 4.0"


def number(value):
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def sklearn_rows(table, classes):
    return [[number(value) for value in row] + [classes[label]] for row, label in zip(table.data, table.target)]


def snake(name):
    return name.replace(" (cm)", "").replace("/", "_").replace(" ", "_")


def digits():
    table = datasets.load_digits()
    names = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    return names + ["label"], sklearn_rows(table, [str(digit) for digit in range(10)])


def iris():
    table = datasets.load_iris()
    return [snake(name) for name in table.feature_names] + ["species"], sklearn_rows(table, list(table.target_names))


def wine():
    table = datasets.load_wine()
    names = [snake(name).replace("od280_od315_of_diluted_wines", "od280_od315") for name in table.feature_names]
    return names + ["class"], sklearn_rows(table, ["1", "2", "3"])


def breast_cancer():
    table = datasets.load_breast_cancer()
    return [snake(name) for name in table.feature_names] + ["diagnosis"], sklearn_rows(table, list(table.target_names))


def penguins(path):
    with open(path, newline="") as file:
        header, *rows = csv.reader(file)
    order = [name for name in header if name != "species"] + ["species"]
    return order, [[row[header.index(name)] for name in order] for row in rows]


ABOUT = {
    "digits": dict(
        title="Handwritten digits",
        description="Which digit did somebody write? 8×8 pixels from 0 (empty) to 16 (full).",
        attribution=f"E. Alpaydin and C. Kaynak (1998). Optical Recognition of Handwritten Digits (its test set). {UCI}.",
        licence=CC_BY,
        source="https://doi.org/10.24432/C50P49",
    ),
    "iris": dict(
        title="Iris flowers",
        description="Which of three species is an iris? Four measurements in centimetres.",
        attribution=f"R. A. Fisher (1936). Iris. {UCI}.",
        licence=CC_BY,
        source="https://doi.org/10.24432/C56C76",
    ),
    "wine": dict(
        title="Wine",
        description="Which of three growers made a wine? Thirteen results of a chemical analysis.",
        attribution=f"S. Aeberhard and M. Forina (1992). Wine. {UCI}.",
        licence=CC_BY,
        source="https://doi.org/10.24432/C5PC7J",
    ),
    "breast-cancer": dict(
        title="Breast cancer (Wisconsin, diagnostic)",
        description="Is a tumour malignant or benign? Thirty measurements of cell nuclei in a picture of a fine-needle aspirate.",
        attribution=f"W. Wolberg, O. Mangasarian, N. Street and W. Street (1993). Breast Cancer Wisconsin (Diagnostic). {UCI}.",
        licence=CC_BY,
        source="https://doi.org/10.24432/C5DW2B",
    ),
    "penguins": dict(
        title="Palmer penguins",
        description="Which of three species is a penguin? Measurements, island and sex, some of them missing.",
        attribution="K. B. Gorman, T. D. Williams and W. R. Fraser (2014), PLoS ONE 9(3): e90081; collected by A. M. Horst, "
        "A. P. Hill and K. B. Gorman (2020), palmerpenguins.",
        licence="CC0 1.0",
        source="https://doi.org/10.5281/zenodo.3960218",
    ),
}


def main():
    tables = {
        "digits": digits(),
        "iris": iris(),
        "wine": wine(),
        "breast-cancer": breast_cancer(),
        "penguins": penguins(sys.argv[1]),
    }
    # Pictures are made by another script, and stay in front.
    before = json.loads((DESTINATION / "index.json").read_text(encoding="utf-8"))
    index = [entry for entry in before if "pictures" in entry]
    for name, (header, rows) in tables.items():
        file = f"{name}.csv"
        with open(DESTINATION / file, "w", newline="", encoding="utf-8") as destination:
            csv.writer(destination, lineterminator="\n").writerows([header, *rows])
        about = ABOUT[name]
        index.append(
            dict(
                name=name,
                title=about["title"],
                description=about["description"],
                rows=len(rows),
                columns=len(header),
                target=header[-1],
                task="classification",
                attribution=about["attribution"],
                licence=about["licence"],
                source=about["source"],
                file=file,
            )
        )
    text = json.dumps(index, indent=2, ensure_ascii=False)
    (DESTINATION / "index.json").write_text(text + "\n", encoding="utf-8")


main()
