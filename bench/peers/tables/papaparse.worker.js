/** papaparse as it is used most: every row an object, numbers as numbers. */
import Papa from 'papaparse';

const rows = [];
addEventListener('message', ({ data }) => {
  Papa.parse(data, {
    header: true,
    dynamicTyping: true,
    skipEmptyLines: true,
    chunk: ({ data: some }) => {
      for (const row of some) rows.push(row);
    },
    complete: () => postMessage(rows.length),
  });
});
