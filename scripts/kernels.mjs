// Compiles src/compute/wasm/assembly to src/compute/wasm/kernels.generated.ts: the bytes as base64, so that a page, a worker
// and Node load them alike. Run it after a change there: `npm run kernels`. A test rebuilds and compares byte for byte.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = new URL('../', import.meta.url);
export const generatedFile = fileURLToPath(new URL('src/compute/wasm/kernels.generated.ts', root));

/** Compiles the kernels. Answers the module's bytes. */
export async function compileKernels() {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      'src/compute/wasm/assembly/index.ts',
      '--baseDir',
      fileURLToPath(root),
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--enable',
      'simd',
      '--runtime',
      'stub',
      '--noAssert',
      '--disableWarning',
      '112', // vectors cross between our own files only
      '--use',
      'abort=',
      '--importMemory',
      '--initialMemory',
      '1',
      '--maximumMemory',
      '65536',
    ],
    {
      writeFile(name, content) {
        if (name.endsWith('.wasm')) bytes = content;
      },
    },
  );
  if (error || !bytes) throw new Error(`The kernels do not compile: ${stderr}`, { cause: error });
  return bytes;
}

/** The text of kernels.generated.ts for these bytes. */
export function generatedSource(bytes) {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,120}/g);
  return [
    '// Made by `npm run kernels` from src/compute/wasm/assembly. Do not edit.',
    `/** The WebAssembly module of the kernels, ${bytes.length} bytes, as base64. */`,
    'export const kernelsBase64 =',
    `  '${lines.join("' +\n  '")}';`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await compileKernels();
  await writeFile(generatedFile, generatedSource(bytes));
  console.log(`${generatedFile}: ${bytes.length} bytes of WebAssembly`);
}
