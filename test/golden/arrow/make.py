"""Small Arrow files as pyarrow writes them, packed and not, and what is in them, for test/unit/data/arrow-source.test.ts.

Needs pyarrow 25 (pip install pyarrow). Run in this folder: python make.py
"""
import datetime as dt
import decimal
import json

import pyarrow as pa

rows = 6_000
columns = {
    "row": pa.array([index // 8 for index in range(rows)], pa.int64()),
    # Longer than a block of LZ4, so that blocks look back into those before.
    "word": pa.array([f"a word of some length {index % 97}" for index in range(rows)], pa.string()),
    "view": pa.array([f"a text that is longer than twelve {index % 7}" if index % 3 else "short" for index in range(rows)], pa.string_view()),
    "price": pa.array([decimal.Decimal(index % 60) / 100 if index % 5 else None for index in range(rows)], pa.decimal128(9, 2)),
    "when": pa.array([dt.datetime(2024, 5, 31) + dt.timedelta(hours=index % 50) for index in range(rows)], pa.timestamp("ns", "UTC")),
    "kind": pa.array([["cat", "dog", None][index % 3] for index in range(rows)]).dictionary_encode(),
    "list": pa.array([[index % 9] for index in range(rows)]),
}
table = pa.table(columns)
for name in ["lz4", "zstd"]:
    options = pa.ipc.IpcWriteOptions(compression=name)
    with pa.OSFile(f"{name}.arrow", "wb") as sink, pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=4_000)

deltas = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
with pa.OSFile("deltas.arrows", "wb") as sink:
    schema = pa.schema([("kind", pa.dictionary(pa.int8(), pa.string()))])
    with pa.ipc.new_stream(sink, schema, options=deltas) as writer:
        for values in [["a", "b"], ["a", "b", "c"]]:
            codes = pa.array([len(values) - 1, 0], pa.int8())
            writer.write_batch(pa.record_batch([pa.DictionaryArray.from_arrays(codes, pa.array(values))], schema=schema))

at = [0, 1, 2, 3_999, 4_000, rows - 1]
plain = lambda value: float(value) if isinstance(value, decimal.Decimal) else int(value.timestamp() * 1000) if isinstance(value, dt.datetime) else value
expected = {name: [plain(table[name][index].as_py()) for index in at] for name in columns if name != "list"}
with open("expected.json", "w") as file:
    json.dump({"rows": rows, "at": at, "columns": expected}, file, indent=1)
    file.write("\n")
