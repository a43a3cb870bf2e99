// Writes docs/devices.md from what the conformance suite measures on every device: `npm run devices`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ensure.mjs';

const folder = join(root, 'test/results/devices');
const lanes = [
  ['contract', 'test/contract/engine/wasm.test.ts', 'test/contract/engine/cpu.test.ts'],
  ['browser', 'test/browser/engine/wasm.test.ts', 'test/browser/engine/webgl.test.ts'],
  ['gpu', 'test/gpu/engine.test.ts'],
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [lane, ...files] of lanes) {
  const env = { ...process.env, VITE_RECORD_DEVICES: '1' };
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', lane, ...files], { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

const measurements = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const devices = [...new Set(measurements.map(({ device }) => device))].sort();

/** The next power of ten above: a figure that does not change with every machine. */
const bound = (difference) => (difference === 0 ? '0' : `< 1e${Math.floor(Math.log10(difference)) + 1}`);

function table(group, kinds) {
  const items = [...new Set(measurements.filter((each) => each.group === group).map(({ item }) => item))];
  const heads = devices.flatMap((device) => kinds.map((kind) => `${device}, ${kind}`));
  const cell = (item, device, kind) => {
    const found = measurements.filter((each) => each.group === group && each.item === item && each.device === device && each.kind === kind);
    return found.length === 0 ? '—' : bound(Math.max(...found.map(({ difference }) => difference)));
  };
  return [
    `| ${group} | ${heads.join(' | ')} |`,
    `|---|${heads.map(() => '---').join('|')}|`,
    ...items.map((item) => `| ${item} | ${devices.flatMap((device) => kinds.map((kind) => cell(item, device, kind))).join(' | ')} |`),
  ].join('\n');
}

const tolerances = [...new Map(measurements.map(({ kind, tolerance }) => [kind, tolerance]))].map(
  ([kind, tolerance]) => `${kind} ${tolerance}`,
);
writeFileSync(
  join(root, 'docs/devices.md'),
  `# Devices, and how far they agree

Every device is held to one suite (\`test/contract/engine/\`): answers against the definition of each layer in double precision, gradients against
central finite differences of that definition, curves of losses and the weights after them against the optimizer's formula. The figures are the
largest absolute differences of any case, as the power of ten above them; a test fails beyond ${tolerances.join(', ')}. webgpu runs with
\`WEBGPU_CPU_FORWARD\` off, so that the graphics processor is really asked, and on one variant of each case: it was Chromium's software adapter.
\`npm run devices\` writes this page.

${table('layer', ['forward', 'gradient'])}

${table('activation', ['forward', 'gradient'])}

${table('loss', ['forward', 'gradient'])}

${table('optimizer', ['curve'])}

Beyond this: wasm gives the same bits in Node and in browsers (a hash of a trained network, committed); every device agrees with wasm on
networks of every layer; a training that is broken off and resumed gives the same bits as one that was not.
`,
);
