"""Reads data frames out of an R package's lazy-load database (`data/Rdata.rdx` and `.rdb`), without R.

The format is R's own serialisation (XDR, "R Internals" 1.8), each object compressed by zlib, or by LZMA2 without a header.
Only what data frames are made of is understood; anything else is refused by its number.
"""
import gzip
import lzma
import math
import struct
import zlib

LZMA2 = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
NA_INTEGER = -(2**31)
# The payload 1954 marks R's NA among the NaNs; both are missing here.
HAS_OBJECT, HAS_ATTRIBUTES, HAS_TAG = 0x100, 0x200, 0x400


class Reader:
    def __init__(self, data):
        self.data, self.position, self.references = data, 0, []
        if self.take(2) != b"X\n":
            raise ValueError("not an XDR serialisation")
        version, _, _ = self.integers(3)
        if version == 3:
            self.take(self.integer())

    def take(self, count):
        piece = self.data[self.position : self.position + count]
        self.position += count
        return piece

    def integers(self, count):
        return struct.unpack(f">{count}i", self.take(4 * count))

    def integer(self):
        return self.integers(1)[0]

    def item(self):
        """Answers (value, attributes)."""
        flags = self.integer()
        kind = flags & 0xFF
        if kind in (254, 253, 242, 241, 251):  # NULL, global, empty and base environments, missing argument
            return None, {}
        if kind == 255:  # a reference to an earlier symbol or environment
            return self.references[(flags >> 8 or self.integer()) - 1], {}
        if kind == 247:  # a persistent name: an environment that is not a part of the data
            self.integer()
            names = tuple(self.item()[0] for _ in range(self.integer()))
            self.references.append(names)
            return names, {}
        if kind == 1:  # a symbol
            name = self.item()[0]
            self.references.append(name)
            return name, {}
        if kind in (2, 6):  # a pairlist or a call: [(tag, value)]
            return self.pairlist(flags), {}
        if kind == 9:  # one string
            length = self.integer()
            return (None if length == -1 else self.take(length).decode("utf-8", "replace")), {}
        if kind == 238:  # a compact form: its class, its state, its attributes
            (name, *_), state, attributes = [self.item()[0] for _ in range(3)]
            return self.compact(name[1], state), dict(attributes or [])
        return self.vector(kind), (dict(self.item()[0] or []) if flags & HAS_ATTRIBUTES else {})

    def pairlist(self, flags):
        pairs = []
        while True:
            if flags & HAS_ATTRIBUTES:
                self.item()
            tag = self.item()[0] if flags & HAS_TAG else None
            pairs.append((tag, self.item()))
            flags = self.integer()
            if flags & 0xFF not in (2, 6):
                self.position -= 4
                self.item()
                return pairs

    def vector(self, kind):
        if kind == 3 or kind == 4:
            raise ValueError("functions and environments are not data")
        length = self.integer()
        if kind in (10, 13):  # logical, integer
            return [None if value == NA_INTEGER else value for value in self.integers(length)]
        if kind == 14:  # double
            values = struct.unpack(f">{length}d", self.take(8 * length))
            return [None if math.isnan(value) else value for value in values]
        if kind == 16:  # strings
            return [self.item()[0] for _ in range(length)]
        if kind == 19:  # a list
            return [self.item() for _ in range(length)]
        raise ValueError(f"R type {kind} is not understood")

    def compact(self, name, state):
        if name in ("compact_intseq", "compact_realseq"):
            count, first, step = (int(number) for number in state)
            return list(range(first, first + count * step, step))
        if name.startswith("wrap_"):
            return state[0][1][0]
        raise ValueError(f"the compact form {name} is not understood")


def decompress(chunk):
    size, kind = struct.unpack(">I", chunk[:4])[0], chunk[4:5]
    if kind == b"Z":
        data = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=LZMA2).decompress(chunk[5:])
    else:
        data = zlib.decompress(chunk[4:])
    if len(data) != size:
        raise ValueError(f"{len(data)} bytes came out instead of {size}")
    return data


def read_frame(folder, name):
    """Answers (columns, rows): names and a list of tuples; factors as their labels, missing values as None."""
    index, attributes = Reader(gzip.open(f"{folder}/Rdata.rdx").read()).item()
    variables, inner = index[attributes["names"][0].index("variables")]
    offset, length = variables[inner["names"][0].index(name)][0]
    with open(f"{folder}/Rdata.rdb", "rb") as database:
        database.seek(offset)
        chunk = database.read(length)
    frame, attributes = Reader(decompress(chunk)).item()
    return attributes["names"][0], list(zip(*(labels(*column) for column in frame)))


def labels(values, attributes):
    levels = attributes.get("levels")
    return [None if value is None else levels[0][value - 1] for value in values] if levels else values
