"""Cuts the built-in part of Fashion-MNIST from the original files: the first 12,000 training and the first 2,000 test pictures.

    python3 scripts/data/fashion_mnist.py FOLDER

FOLDER holds the four files of https://github.com/zalandoresearch/fashion-mnist (MIT, Zalando SE). The format stays IDX, gzipped. The
same input gives the same bytes.
"""

import gzip
import struct
import sys
from pathlib import Path

DESTINATION = Path(__file__).resolve().parents[2] / "public" / "data"


def cut(source, count, target):
    content = gzip.open(source).read()
    dimensions = content[3]
    header = 4 + 4 * dimensions
    size = 1
    for extent in struct.unpack(f">{dimensions - 1}I", content[8:header]):
        size *= extent
    part = content[:4] + struct.pack(">I", count) + content[8 : header + count * size]
    with open(DESTINATION / target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(part)


def main(folder):
    for original, name, count in [("train", "training", 12_000), ("t10k", "test", 2_000)]:
        cut(folder / f"{original}-images-idx3-ubyte.gz", count, f"fashion-mnist-{name}-pictures.idx.gz")
        cut(folder / f"{original}-labels-idx1-ubyte.gz", count, f"fashion-mnist-{name}-labels.idx.gz")


main(Path(sys.argv[1]))
