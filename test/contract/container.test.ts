/** The container's command and the manifests, as far as they can be tried without an engine. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ensureNodeBuild } from '../../scripts/build.mjs';
import { parseCommandLine } from '../../src/cli/parse.js';
import { serve } from '../../src/cli/serve.js';
import { routes } from '../../src/serve/router.js';
import { answer } from './cli/command.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const dockerfile = read('Dockerfile');
/** The list after an instruction. */
const listed = (instruction: string): string[] => JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(dockerfile)?.[1] ?? '[]');
const health: string[] = JSON.parse(/^HEALTHCHECK .*?CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]');
/** What the image holds: where it comes from, and where it is put. */
const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+) \.\/(\S*)$/gm)].map(([, from, to]) => ({
  from,
  to: to === '' || to.endsWith('/') ? to + basename(from) : to,
}));
const manifests = ['kubernetes.json', 'kserve.json', 'kserve-exported.json'] as const;
const manifest = (name: (typeof manifests)[number]) => JSON.parse(read(`deploy/${name}`));

const folder = mkdtempSync(join(tmpdir(), 'benchwright-container-'));
afterAll(() => {
  spawnSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Whether another user than root could read what is installed here. */
const canBeAnother =
  process.getuid?.() === 0 && spawnSync('test', ['-r', join(root, 'node_modules/zod/package.json')], { uid: 1000 }).status === 0;

test('what is built in it is built of what is sent to it', { timeout: 120_000 }, () => {
  const context = join(folder, 'context');
  const ignored = new Set(read('.dockerignore').split('\n'));
  for (const name of readdirSync(root)) if (!ignored.has(name)) cpSync(join(root, name), join(context, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(context, 'node_modules'));
  const [, command, script, ...names] = /^RUN (node) (\S+)((?: \w+)*) && npm prune/m.exec(dockerfile) as string[];
  const { status, stderr } = spawnSync(command, [script, ...names.join('').trim().split(' ')], { cwd: context, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  for (const { from } of copied) expect(existsSync(join(context, from)), from).toBe(true);
});

test('what the image holds answers from folders that it cannot write to, and without root', { timeout: 120_000 }, async () => {
  await ensureNodeBuild();
  const [app, model] = [join(folder, 'app'), join(folder, 'model')];
  for (const { from, to } of copied) {
    mkdirSync(dirname(join(app, to)), { recursive: true });
    if (from === 'node_modules') symlinkSync(join(root, from), join(app, to));
    else cpSync(join(root, from), join(app, to), { recursive: true });
  }
  await answer('train', 'builtin:iris', '--target', 'species', '--preset', 'linear', '--epochs', '2', '--out', model);
  for (const path of [app, model]) spawnSync('chmod', ['-R', 'a-w,a+rX', path]);
  chmodSync(folder, 0o755);
  const before = readdirSync(model, { recursive: true }).sort();
  const port = 20_000 + (process.pid % 20_000);
  const inTest = new Map([
    ['/models/model', model],
    ['8501', String(port)],
    ['0.0.0.0', '127.0.0.1'],
  ]);
  const [node, ...entry] = listed('ENTRYPOINT');
  const user = canBeAnother ? { uid: 1000, gid: 1000 } : {};
  const environment = { ...user, cwd: app, env: { PATH: process.env.PATH, HOME: '/nonexistent' } };
  const child = spawn(node, [...entry, ...listed('CMD').map((word) => inTest.get(word) ?? word), '--json'], environment);
  const said: string[] = [];
  child.stderr.on('data', (text) => said.push(String(text)));
  const ended = once(child, 'exit');
  const line = await Promise.race([once(child.stdout, 'data'), ended.then(() => [])]);
  expect(line.length, said.join('')).toBe(1);
  const { address } = JSON.parse(String(line[0]));
  expect((await (await fetch(`${address}/v2/models`)).json()).models).toEqual(['model']);
  const [command, ...checks] = health.map((word) => word.replace(':8501', `:${port}`));
  const healthy = () => spawnSync(command, checks, { ...environment, timeout: 30_000 }).status;
  // Not synchronously in this process alone: the server is another one.
  expect(healthy()).toBe(0);
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
  expect(healthy()).toBe(1);
  expect(readdirSync(model, { recursive: true }).sort()).toEqual(before);
});

test('the image runs without root, and asks no registry but for its base', () => {
  expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)).toEqual(['node:20-slim', 'node:20-slim']);
  expect(listed('CMD')).toContain('0.0.0.0');
  expect(copied.map(({ from }) => from)).toEqual(['node_modules', 'package.json', 'public/data', 'dist/node', 'scripts/benchwright.mjs']);
});

interface Container {
  image?: string;
  args: string[];
  ports: { name: string; containerPort: number }[];
  securityContext: object;
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
  [probe: `${string}Probe`]: { httpGet: { path: string; port: number | string } };
}

test.each([
  ['kubernetes.json', (list: { items: { spec: { template: { spec: object } } }[] }) => list.items[0].spec.template.spec],
  ['kserve.json', (service: { spec: { predictor: object } }) => service.spec.predictor],
] as const)('%s asks for health where it is answered, and lets nothing be written', (name, podOf) => {
  const pod = podOf(manifest(name)) as { securityContext: object; containers: Container[] };
  const [container] = pod.containers;
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const [{ name: portName, containerPort }] = container.ports;
  expect(container.args[container.args.indexOf('--port') + 1]).toBe(String(containerPort));
  expect(() => parseCommandLine(serve, container.args.slice(1))).not.toThrow();
  for (const probe of ['readinessProbe', 'livenessProbe'] as const) {
    const { path, port } = container[probe].httpGet;
    expect(routes.some((route) => route.method === 'GET' && route.path.test(path))).toBe(true);
    expect([containerPort, portName]).toContain(port);
  }
  // What is written goes to a volume, and what is served comes from one that cannot be written.
  const log = container.args.indexOf('--log');
  if (log >= 0) expect(container.volumeMounts?.find(({ mountPath }) => mountPath === container.args[log + 1])?.readOnly).toBeUndefined();
  for (const mount of container.volumeMounts ?? []) if (mount.name === 'models') expect(mount.readOnly).toBe(true);
});

test('the service finds its pods by the port that they have, and no manifest names a registry', () => {
  const [deployment, service] = manifest('kubernetes.json').items;
  expect(deployment.spec.template.metadata.labels).toEqual(service.spec.selector);
  expect(deployment.spec.template.spec.containers[0].ports.map(({ name }: { name: string }) => name)).toContain(
    service.spec.ports[0].targetPort,
  );
  const { version } = JSON.parse(read('package.json'));
  for (const name of manifests) {
    const images = [...read(`deploy/${name}`).matchAll(/"image": "([^"]+)"/g)].map(([, image]) => image);
    expect([...new Set(images)]).toEqual(name === 'kserve-exported.json' ? [] : [`benchwright:${version}`]);
  }
});
