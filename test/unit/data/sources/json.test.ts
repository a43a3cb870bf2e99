/** JSON and JSON lines as tables: what each layout becomes, against JSON.parse, wherever the bytes are cut. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Source } from '../../../../src/data/source.js';
import { asTheyStand, cellsOf, inPieces, openCsv, textSource } from '../files.js';

async function read(source: Source): Promise<{ names: string[]; rows: string[][]; lines: number[]; warnings: string[] }> {
  const file = await openCsv(source);
  const rows: string[][] = [];
  const lines: number[] = [];
  try {
    for await (const batch of file.batches(asTheyStand(file))) {
      rows.push(...cellsOf(batch));
      lines.push(...Array.from(batch.lines ?? []));
    }
  } finally {
    await file.close();
  }
  return { names: [...file.names], rows, lines, warnings: file.warnings().map(({ code }) => code) };
}

const fromText = (text: string, name = 'table.json') => read(textSource(text, name));

const layouts: [string, string, string[], string[][]][] = [
  [
    'lines of objects',
    '{"a":1,"b":"x"}\n\n{"b":"y","a":2.50}\r\n',
    ['a', 'b'],
    [
      ['1', 'x'],
      ['2.50', 'y'],
    ],
  ],
  ['objects one after the other', '{"a":1}{"a":2} {"a":3}', ['a'], [['1'], ['2'], ['3']]],
  ['one object', '{"a": 1, "b": [1, 2]}', ['a', 'b'], [['1', '[1,2]']]],
  [
    'lines of arrays',
    '["a","b"]\n[1,"x"]\n[null,true]\n',
    ['a', 'b'],
    [
      ['1', 'x'],
      ['', 'true'],
    ],
  ],
  [
    'an array of objects',
    ' [ {"a":1} , {"b":2} ] ',
    ['a', 'b'],
    [
      ['1', ''],
      ['', '2'],
    ],
  ],
  [
    'an array of arrays',
    '[["a","b"],[1,2],[3,4]]',
    ['a', 'b'],
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'an array of arrays of numbers',
    '[[1,2],[3,4]]',
    ['column_1', 'column_2'],
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['an object that holds rows', '{"meta":{"n":[1]},"data":[{"a":1},{"a":2}],"next":null}', ['a'], [['1'], ['2']]],
  [
    'an object of columns',
    '{"a":[1,2],"b":["x",null]}',
    ['a', 'b'],
    [
      ['1', 'x'],
      ['2', ''],
    ],
  ],
  [
    'an object of columns, one of lists',
    '{"a":[1,2],"b":[[1],[2, 3]]}',
    ['a', 'b'],
    [
      ['1', '[1]'],
      ['2', '[2,3]'],
    ],
  ],
  [
    'what pandas writes',
    '{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}',
    ['a', 'b'],
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    'what pandas writes split',
    '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}',
    ['a', 'b'],
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    'what pandas writes split, rows first',
    '{"data":[[1,"x"],[2,"y"]],"columns":["a","b"]}',
    ['a', 'b'],
    [
      ['1', 'x'],
      ['2', 'y'],
    ],
  ],
  [
    'objects within objects',
    '{"a":{"b":{"c":1},"d":"x"}}\n{"a":{"d":"y"},"e":false}',
    ['a.b.c', 'a.d', 'e'],
    [
      ['1', 'x', ''],
      ['', 'y', 'false'],
    ],
  ],
  ['a null where an object may be', '{"a":null}\n{"a":{"b":1}}\n{"a":{}}', ['a.b'], [[''], ['1'], ['']]],
  [
    'a value where an object may be',
    '{"a":5}\n{"a":{"b":1}}',
    ['a', 'a.b'],
    [
      ['5', ''],
      ['', '1'],
    ],
  ],
  ['a name with a point', '{"a.b":1}\n{"a":{"b":2}}', ['a.b'], [['1'], ['2']]],
  [
    'names of JavaScript',
    '{"__proto__":1,"constructor":2,"toString":{"__proto__":3}}\n{}',
    ['__proto__', 'constructor', 'toString.__proto__'],
    [
      ['1', '2', '3'],
      ['', '', ''],
    ],
  ],
  [
    'lists of lines',
    '{"id":1,"tags":[{"a":1}]}\n{"id":2,"tags":[ {"a" : "x y"} , 2 ]}',
    ['id', 'tags'],
    [
      ['1', '[{"a":1}]'],
      ['2', '[{"a":"x y"},2]'],
    ],
  ],
  ['escapes', '{"\\u0061\\n":"\\u00e9\\ud83d\\ude00\\ud83d\\t\\"\\\\\\/"}\n{"a\\n":1}', ['a'], [['é😀\ufffd\t"\\/'], ['1']]],
  ['names of no kind', '{"":1," x ":2}', ['column_1', 'x'], [['1', '2']]],
  [
    'what Python writes for no number',
    '{"a":NaN,"b":-Infinity}\n{"a":1,"b":Infinity}',
    ['a', 'b'],
    [
      ['NaN', '-Infinity'],
      ['1', 'Infinity'],
    ],
  ],
];

test.each(layouts)('%s', async (_, text, names, rows) => {
  expect(await fromText(text)).toMatchObject({ names, rows });
});

test('the lines of rows are told', async () => {
  expect((await fromText('[\n {"a":\n 1},\n\n {"a":2}]')).lines).toEqual([2, 5]);
});

test('a name that is twice in an object: the last one counts, and it is said', async () => {
  expect(await fromText('{"a":1,"b":2}\n{"a":1,"b":3,"a":4}')).toMatchObject({
    rows: [
      ['1', '2'],
      ['4', '3'],
    ],
    warnings: ['repeated-name'],
  });
});

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const cellText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

test('rows are those of JSON.parse, wherever the bytes are cut', async () => {
  const key = fc.constantFrom('a', 'b c', 'é', '__proto__', 'toString', '"', '\\', '😀');
  const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
  const row = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength: 1 });
  const cuts = fc.array(fc.nat(2000), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 5 }), fc.boolean(), fc.boolean(), cuts, async (rows, lines, pretty, at) => {
      const objects = rows.map((entries) => Object.fromEntries(entries.map(([name, content]) => [name, content])));
      const texts = rows.map(
        (entries) =>
          `{${entries.map(([name, content]) => `${JSON.stringify(name)}${pretty ? ' : ' : ':'}${JSON.stringify(content)}`).join(pretty ? ' ,\n' : ',')}}`,
      );
      const bytes = new TextEncoder().encode(lines ? texts.join('\n') : `[${texts.join(pretty ? ',\n' : ',')}]`);
      const borders = [0, ...at.map((cut) => cut % bytes.length).sort((one, other) => one - other), bytes.length];
      const pieces = borders.slice(1).map((border, index) => bytes.slice(borders[index], border));
      const found = await read(inPieces(pieces, 'table.json'));
      expect(objects).toHaveLength(rows.length);
      const names = [...new Set(rows.flatMap((entries) => entries.map(([name]) => name)))];
      expect(found.names).toEqual(names);
      expect(found.rows).toEqual(rows.map((entries) => names.map((name) => cellText(new Map(entries).get(name)))));
    }),
    { numRuns: 200 },
  );
});
