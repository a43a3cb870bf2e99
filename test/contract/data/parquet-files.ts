/** A partitioned data set of flights, small and made on the spot: four files, ten row groups in each, sorted by day. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';

export interface Flight {
  year: number;
  carrier: string;
  day: number;
  delay: number | null;
  origin: string;
  note: string;
}

const airports = ['LAS', 'PHL', 'ATL', 'ORD', 'SFO'];
const groups = 10;
const rowsInGroup = 500;

export function flightsOf(year: number, carrier: string): Flight[] {
  return Array.from({ length: groups * rowsInGroup }, (_, row) => ({
    year,
    carrier,
    day: Math.floor(row / rowsInGroup) * 30 + (row % 30),
    delay: row % 23 === 0 ? null : ((row * 7919 + year) % 240) - 40,
    origin: airports[(row + year) % airports.length],
    // Wide, and never asked for: it must not be read.
    note: `row ${row} of ${year} ${carrier} ${'abcdefghijklmnopqrstuvwxyz'.slice(row % 20)} ${row * 7919}`,
  }));
}

export function parquetOf(flights: readonly Flight[]): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    codec: 'SNAPPY',
    schema: [
      { name: 'schema', num_children: 4 },
      { name: 'day', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'delay', type: 'INT32', repetition_type: 'OPTIONAL' },
      { name: 'origin', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'note', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
    ],
  });
  void file.write({
    columnData: (['day', 'delay', 'origin', 'note'] as const).map((name) => ({ name, data: flights.map((flight) => flight[name]) })),
    rowGroupSize: rowsInGroup,
  });
  void file.finish();
  return writer.getBytes().slice();
}

/** By path: `year=2023/carrier=AA/part-0.parquet`, … */
export function dataSet(): { files: Map<string, Uint8Array>; flights: Flight[] } {
  const files = new Map<string, Uint8Array>();
  const flights: Flight[] = [];
  for (const year of [2023, 2024]) {
    for (const carrier of ['AA', 'U A']) {
      const own = flightsOf(year, carrier);
      flights.push(...own);
      files.set(`year=${year}/carrier=${encodeURIComponent(carrier)}/part-0.parquet`, parquetOf(own));
    }
  }
  return { files, flights };
}
