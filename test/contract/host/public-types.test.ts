/** What a user's compiler sees: no type of an engine's library and none of the graphics processor's interface. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const entry = new URL('../../../src/index.ts', import.meta.url);
/** `createWorkbench`, whose whole type `test/types` states, and what it is made of. */
const implementation = './host/browser/index.js';

/** The sources that the public types are declared in, with what these import in turn. */
function publicSources(): Map<string, string> {
  const reached = new Map<string, string>();
  const visit = (url: URL): void => {
    if (reached.has(url.pathname)) return;
    const text = readFileSync(fileURLToPath(url), 'utf8');
    reached.set(url.pathname, text);
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
      if (fileName.startsWith('.') && fileName !== implementation) visit(new URL(fileName.replace(/\.js$/, '.ts'), url));
    }
  };
  visit(entry);
  return reached;
}

test('the public types reach no type of tfjs, comlink or the GPU', () => {
  const sources = publicSources();
  for (const file of ['src/host/workbench.ts', 'src/compute/devices.ts', 'src/spec/run.ts']) {
    expect([...sources.keys()]).toContainEqual(expect.stringMatching(new RegExp(`${file}$`)));
  }
  const strangers = /@tensorflow|@webgpu|comlink|\bGPU[A-Z]\w*|\bHTML\w*Element\b/;
  const found = [...sources].filter(([, text]) => strangers.test(text)).map(([file]) => file);
  expect(found).toEqual([]);
});
