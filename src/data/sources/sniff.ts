/** Telling what is not a table from its first bytes, so that the advice can say what to do with it. */
import { InputError } from '../../base/errors.js';
import { TextReader } from './decode.js';

const signatures: readonly { bytes: readonly number[]; what: string; advice: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive', advice: 'Unpack it and open the table inside, or open it as a file.' },
  { bytes: [0x46, 0x45, 0x41, 0x31], what: 'a Feather file of the first version', advice: 'Write it anew as Feather 2, Parquet or CSV.' },
  { bytes: [0x4f, 0x62, 0x6a, 0x01], what: 'an Avro file', advice: 'Convert it to NDJSON or CSV.' },
  { bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], what: 'a NumPy array', advice: 'Save it as CSV, for example with numpy.savetxt.' },
  { bytes: [0x43, 0x44, 0x46, 0x01], what: 'a NetCDF file', advice: 'Export the table that it holds as CSV.' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7z archive', advice: 'Unpack it, or pack it as zip.' },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'a RAR archive', advice: 'Unpack it, or pack it as zip.' },
  {
    bytes: [0x89, 0x50, 0x4e, 0x47],
    what: 'a PNG picture',
    advice: 'Give a folder or zip of pictures with one folder for each class.',
  },
  {
    bytes: [0xff, 0xd8, 0xff],
    what: 'a JPEG picture',
    advice: 'Give a folder or zip of pictures with one folder for each class.',
  },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: 'a GIF picture', advice: 'Save it as PNG: PNG, JPEG and WebP are read.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document', advice: 'Export the table that it shows as CSV.' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Office document', advice: 'Open it in a spreadsheet program and save it as CSV.' },
  { bytes: [0x89, 0x48, 0x44, 0x46], what: 'an HDF5 file', advice: 'Export the table that it holds as CSV.' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a SQLite database', advice: 'Export the table as CSV.' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'packed with zstd', advice: 'Unpack it, or pack it with gzip.' },
  { bytes: [0x42, 0x5a, 0x68], what: 'packed with bzip2', advice: 'Unpack it, or pack it with gzip.' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'packed with xz', advice: 'Unpack it, or pack it with gzip.' },
];

const spreadsheet = { what: 'a spreadsheet', advice: 'Open it in a spreadsheet program and save it as CSV.' };
const page = { what: 'a web page', advice: 'It is a page about the file, perhaps a login: use the address of the file itself.' };
const binary = { what: 'binary data', advice: 'Choose a table, such as CSV, TSV, JSON or Arrow.' };

/** How JSON begins and no row of names does: `{"a"`, `[{`, `["a"`, `[1,`. Names in brackets, as in `[id],[1]`, are a table's. */
const startOfJson = /^\s*(?:\{\s*["}]|\[\s*(?:[[{"\]]|-?\d[\d.e+-]*\s*,))/;
const nameOfJson = /\.(json|ndjson|jsonl|ldjson|geojson)(\.gz)?$/i;

/** By its bytes, or by its name where they do not say otherwise. */
export function looksLikeJson(start: Uint8Array, name: string): boolean {
  const text = new TextReader(name, start).utf8(start.subarray(0, 1024), false);
  const begun = new TextDecoder().decode(text);
  return startOfJson.test(begun) || (nameOfJson.test(name) && /^\s*[[{]/.test(begun));
}

/**
 * @param start the file's first bytes
 * @param isText whether the start can be decoded (UTF-16 has zero bytes and is text nonetheless)
 * @throws InputError `not-a-table`
 */
export function refuseWhatIsNoTable(start: Uint8Array, name: string, isText: boolean): void {
  const found = kindOf(start, name, isText);
  if (!found) return;
  throw new InputError('not-a-table', `${name} is ${found.what}, not a table of text.`, { advice: found.advice, place: { file: name } });
}

function kindOf(start: Uint8Array, name: string, isText: boolean): { what: string; advice: string } | undefined {
  if (new TextDecoder('latin1').decode(start.subarray(257, 262)) === 'ustar') {
    return { what: 'a tar archive', advice: 'Unpack it, or pack it as zip.' };
  }
  const signature = signatures.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte));
  if (signature?.what === 'a zip archive' && /\.(xlsx|xlsm|ods)$/i.test(name)) return spreadsheet;
  if (signature) return signature;
  if (!isText && start.subarray(0, 65_536).includes(0)) return binary;
  const text = new TextDecoder().decode(start.subarray(0, 256)).trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return page;
  return undefined;
}
