/**
 * `node scripts/data/large-csv.mjs FILE [MEGABYTES] [SEED]`: a large table made of real rows: those of the built-in penguins, wine and
 * breast cancer side by side, drawn with replacement, their numbers moved a little, with a date, a number for each row and a target that the
 * numbers decide. The same seed writes the same bytes.
 */
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const tables = ['penguins', 'wine', 'breast-cancer'];
/** Columns taken of each: the first few are enough to make rows as wide as people's are. */
const columnsOf = { penguins: 7, wine: 6, 'breast-cancer': 6 };
const rowsInPiece = 4096;

const read = (name) => {
  const path = fileURLToPath(new URL(`../../public/data/${name}.csv`, import.meta.url));
  const [names, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').slice(0, columnsOf[name]));
  return { names, rows };
};

/** mulberry32: the same numbers on every machine. */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes about so many bytes. @returns the rows and bytes written */
export async function writeLargeCsv(path, bytes, seed = 1) {
  const random = randomNumbers(seed);
  const sources = tables.map(read);
  const stream = createWriteStream(path);
  const names = sources.flatMap(({ names: own }, index) => own.map((name) => `${tables[index].replaceAll('-', '_')}_${name}`));
  let written = 0;
  let rows = 0;
  const write = async (text) => {
    written += Buffer.byteLength(text);
    if (!stream.write(text)) await once(stream, 'drain');
  };
  await write(`row,day,${names.join(',')},outcome\n`);
  while (written < bytes) {
    let piece = '';
    for (let count = 0; count < rowsInPiece; count++) {
      const drawn = sources.map(({ rows: own }) => own[Math.floor(random() * own.length)]);
      let sum = 0;
      const cells = drawn.flat().map((cell) => {
        if (!/^-?\d+(\.\d+)?$/.test(cell)) return cell;
        const moved = Number(cell) * (1 + 0.05 * (random() - 0.5));
        sum += moved % 1;
        return moved.toFixed(3);
      });
      const day = new Date(Date.UTC(2000, 0, 1) + Math.floor(random() * 9000) * 86_400_000).toISOString().slice(0, 10);
      const outcome = drawn[0][0] === 'Gentoo' || sum + random() > 7 ? 'yes' : 'no';
      piece += `${++rows},${day},${cells.join(',')},${outcome}\n`;
    }
    await write(piece);
  }
  stream.end();
  await once(stream, 'finish');
  return { rows, bytes: written };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [path, megabytes = '1000', seed = '1'] = process.argv.slice(2);
  if (!path) {
    console.error('Usage: node scripts/data/large-csv.mjs FILE [MEGABYTES] [SEED]');
    process.exit(2);
  }
  console.log(await writeLargeCsv(path, Number(megabytes) * 1e6, Number(seed)));
}
