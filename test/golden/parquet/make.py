"""Small Parquet files as pyarrow writes them, and what pyarrow reads from them, for test/unit/data/parquet.

Needs pyarrow 25 (pip install pyarrow). Run in this folder: python make.py
"""
import datetime as dt
import decimal
import json
import math
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
expected = {}


def plain(value):
    """As our reader answers: numbers, milliseconds since 1970, texts; lists and maps as JSON would hold them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        zone = value if value.tzinfo else value.replace(tzinfo=dt.timezone.utc)
        return (zone - dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)) / dt.timedelta(milliseconds=1)
    if isinstance(value, dt.date):
        return (value - dt.date(1970, 1, 1)).days * 86_400_000
    if isinstance(value, dt.time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def nested(value):
    if isinstance(value, list):
        if value and all(isinstance(item, tuple) for item in value):
            return {str(key): nested(item) for key, item in value}
        return [nested(item) for item in value]
    if isinstance(value, dict):
        return {key: nested(item) for key, item in value.items()}
    return value if isinstance(value, bool) else plain(value)


def write(name, table, columns=None, **options):
    pq.write_table(table, here / f"{name}.parquet", **options)
    read = pq.read_table(here / f"{name}.parquet")
    columns = columns or {key: [plain(v) for v in read[key].to_pylist()] for key in read.column_names}
    # Files that hold the same are said to, by the name of the first.
    expected[name] = next((other for other, known in expected.items() if known == columns), columns)


rows = 50
every = lambda make, gap=7: [None if i % gap == 3 else make(i) for i in range(rows)]
day = dt.datetime(2024, 2, 29, 23, 59, 59, 123000)

types = pa.table(
    {
        "boolean": pa.array(every(lambda i: i % 3 == 0), pa.bool_()),
        "int8": pa.array(every(lambda i: i - 25), pa.int8()),
        "int16": pa.array(every(lambda i: i * 1000 - 25000), pa.int16()),
        "int32": pa.array(every(lambda i: i * 80_000_000 - 2_000_000_000), pa.int32()),
        "int64": pa.array(every(lambda i: i * 2**46 - 2**51), pa.int64()),
        "uint8": pa.array(every(lambda i: i * 5), pa.uint8()),
        "uint32": pa.array(every(lambda i: i * 85_000_000), pa.uint32()),
        "uint64": pa.array(every(lambda i: i * 2**40), pa.uint64()),
        "half": pa.array(every(lambda i: i / 8), pa.float16()),
        "float": pa.array(every(lambda i: i / 8 - 2), pa.float32()),
        "double": pa.array(every(lambda i: i / 7 - 2), pa.float64()),
        "not_finite": pa.array([math.nan, math.inf, -math.inf, 1e200, 0.5] * 10, pa.float64()),
        "decimal9": pa.array(every(lambda i: decimal.Decimal(i * 317 - 5000).scaleb(-2)), pa.decimal128(9, 2)),
        "decimal18": pa.array(every(lambda i: decimal.Decimal(i * 31700001 - 500000).scaleb(-4)), pa.decimal128(18, 4)),
        "decimal38": pa.array(every(lambda i: decimal.Decimal(i * 10**15 - 7).scaleb(-10)), pa.decimal128(38, 10)),
        "date": pa.array(every(lambda i: dt.date(1960 + i * 2, 2, 28)), pa.date32()),
        "seconds": pa.array(every(lambda i: day.replace(year=1960 + 2 * i, day=1, microsecond=0)), pa.timestamp("s")),
        "milliseconds": pa.array(every(lambda i: day + dt.timedelta(milliseconds=i)), pa.timestamp("ms")),
        "microseconds": pa.array(every(lambda i: day + dt.timedelta(microseconds=i * 1000)), pa.timestamp("us", tz="UTC")),
        "nanoseconds": pa.array(every(lambda i: day + dt.timedelta(milliseconds=i)), pa.timestamp("ns")),
        "time": pa.array(every(lambda i: dt.time(i % 24, i, 1, 500000)), pa.time64("us")),
        "text": pa.array(every(lambda i: ["", "NA", "Größe", "日本語", "🙂 a long text that is not short at all", " b "][i % 6]), pa.string()),
        "large_text": pa.array(every(lambda i: f"row {i}"), pa.large_string()),
        "category": pa.array(every(lambda i: "abc"[i % 3])).dictionary_encode(),
        "bytes": pa.array(every(lambda i: bytes([255, i])), pa.binary()),
        "fixed": pa.array(every(lambda i: bytes([i, 0, 255])), pa.binary(3)),
        "nothing": pa.array([None] * rows, pa.null()),
    }
)
large = {"snowflake": pa.array(every(lambda i: 2**60 + i), pa.int64()), "unsigned": pa.array(every(lambda i: 2**63 + i), pa.uint64())}
write("types", types, compression="zstd")
expected["types"]["not_finite"] = [None, None, None, None, 0.5] * 10
table = pa.table(large)
write("beyond-doubles", table, {k: [None if v is None else str(v) for v in table[k].to_pylist()] for k in large})

numbers = pa.table(
    {
        "whole": pa.array([(i * 7919) % 1000 - 500 for i in range(1200)], pa.int32()),
        "long": pa.array([None if i % 11 == 0 else i * i * 1_000_003 for i in range(1200)], pa.int64()),
        "real": pa.array([None if i % 13 == 0 else i / 3 for i in range(1200)], pa.float64()),
        "text": pa.array([None if i % 17 == 0 else f"value {i % 400} of many" for i in range(1200)], pa.string()),
        "yes": pa.array([None if i % 19 == 0 else i % 2 == 0 for i in range(1200)], pa.bool_()),
    }
)
for codec in ["none", "snappy", "gzip", "brotli", "lz4", "zstd"]:
    write(f"codec-{codec}", numbers, compression=codec, data_page_size=4096, row_group_size=700)
for version in ["1.0", "2.0"]:
    write(f"pages-{version[0]}", numbers, data_page_version=version, data_page_size=2048, use_dictionary=["text"])
encodings = {"whole": "DELTA_BINARY_PACKED", "long": "DELTA_BINARY_PACKED", "real": "BYTE_STREAM_SPLIT", "text": "DELTA_BYTE_ARRAY", "yes": "RLE"}
write("delta", numbers, use_dictionary=False, column_encoding=encodings, data_page_version="2.0")
write("delta-length", numbers, use_dictionary=False, column_encoding={**encodings, "text": "DELTA_LENGTH_BYTE_ARRAY", "whole": "BYTE_STREAM_SPLIT"})

struct = pa.struct([("x", pa.int32()), ("deep", pa.struct([("y", pa.string())]))])
lists = {
    "place": pa.array([{"x": 1, "deep": {"y": "a"}}, None, {"x": None, "deep": {"y": None}}, {"x": 4, "deep": None}], struct),
    "tags": pa.array([["a", None, "b"], [], None, ["c"]], pa.list_(pa.string())),
    "grid": pa.array([[[1, 2], []], [None], None, [[3]]], pa.list_(pa.list_(pa.int32()))),
    "people": pa.array([[{"name": "A", "ages": [1, 2]}, {"name": None, "ages": None}], [], None, [{"name": "B", "ages": []}]],
                       pa.list_(pa.struct([("name", pa.string()), ("ages", pa.list_(pa.int32()))]))),
    "scores": pa.array([[("a", 1.5), ("b", None)], [], None, [("c", 2.0)]], pa.map_(pa.string(), pa.float64())),
    "id": pa.array([1, 2, 3, 4], pa.int32()),
}
table = pa.table(lists)
values = {
    "place.x": [1, None, None, 4],
    "place.deep.y": ["a", None, None, None],
    **{k: [None if v is None else json.dumps(nested(v), separators=(",", ":")).replace("1.5", "1.5").replace("2.0", "2") for v in table[k].to_pylist()]
       for k in ["tags", "grid", "people", "scores"]},
    "id": [1, 2, 3, 4],
}
values["scores"][1] = "{}"
write("nested", table, values, row_group_size=3)

# A writer that says no bounds, and one that keeps dates as Impala did.
write("no-statistics", numbers.slice(0, 50), write_statistics=False)
write("int96", types.select(["milliseconds"]), use_deprecated_int96_timestamps=True)
write("empty", numbers.slice(0, 0))

for name, columns in expected.items():
    if isinstance(columns, str):
        continue
    for values in columns.values():
        assert all(v is None or isinstance(v, (int, float, str)) for v in values), name
(here / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, separators=(",", ":")) + "\n")
