/** Each peer reads the chosen file in a worker of its own, as its documentation says, and answers rows and milliseconds. */
import * as duckdb from '@duckdb/duckdb-wasm';
import worker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import module from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';

const file = () => document.querySelector('input').files[0];

/** Rows as objects, as most pages have them. They are kept until the worker ends. */
const papaparse = () =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const parser = new Worker(new URL('papaparse.worker.js', import.meta.url), { type: 'module' });
    parser.onerror = reject;
    parser.onmessage = ({ data }) => {
      resolve({ rows: data, milliseconds: performance.now() - started });
      parser.terminate();
    };
    parser.postMessage(file());
  });

/** A table in the memory of DuckDB. What it takes to start is not counted. */
async function duckdbWasm() {
  const engine = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(worker));
  await engine.instantiate(module);
  const connection = await engine.connect();
  const started = performance.now();
  await engine.registerFileHandle('table.csv', file(), duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  await connection.query("CREATE TABLE kept AS SELECT * FROM read_csv('table.csv')");
  const milliseconds = performance.now() - started;
  const counted = await connection.query('SELECT count(*)::INTEGER AS rows FROM kept');
  const rows = counted.toArray()[0].rows;
  await connection.close();
  await engine.terminate();
  return { rows, milliseconds };
}

globalThis.contest = { papaparse, duckdbWasm };
