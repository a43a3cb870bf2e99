/** Memory of a program with all that it started, from /proc: what is shared among them counts once (PSS). Linux only. Not an entry itself. */
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, parent: /\) \S (\d+) /.exec(read(`/proc/${pid}/stat`))?.[1] }));

/** The processes whose command line has this text, and all that they started. */
export function processesOf(text) {
  const all = processes();
  const isOurs = new Set(all.filter(({ pid }) => read(`/proc/${pid}/cmdline`).includes(text)).map(({ pid }) => pid));
  for (let before = -1; before !== isOurs.size; ) {
    before = isOurs.size;
    for (const { pid, parent } of all) if (isOurs.has(parent)) isOurs.add(pid);
  }
  isOurs.delete(String(process.pid));
  return [...isOurs];
}

/** Bytes now. */
export const memoryOf = (text) =>
  processesOf(text).reduce((sum, pid) => sum + 1024 * Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0);

/** Watches the memory while `work` goes on. Answers what it answers, and by how much the memory grew at most. */
export async function withPeak(text, work) {
  const before = memoryOf(text);
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(text));
  }, 250);
  try {
    const result = await work();
    peak = Math.max(peak, memoryOf(text));
    return { result, added: peak - before };
  } finally {
    clearInterval(timer);
  }
}
