/** `benchwright serve MODEL…`: saved models that answer over HTTP until they are interrupted. */
import { once } from 'node:events';
import { createDeviceOwner } from '../compute/owner.js';
import { loadDecoder } from '../host/node/decoder.js';
import { serveHttp } from '../host/node/http.js';
import { openOnnx } from '../host/node/open-onnx.js';
import { settings } from '../host/settings.js';
import type { AnyModelRecord } from '../infer/models.js';
import { usualBatches } from '../serve/batcher.js';
import { usualLimits } from '../serve/limits.js';
import { Metrics } from '../serve/metrics.js';
import { Registry } from '../serve/registry.js';
import { createRouter } from '../serve/router.js';
import { usualLog } from '../spec/prediction-log.js';
import { createMemoryStore } from '../storage/memory.js';
import type { ServeAnswer } from './answers.js';
import type { Command } from './command.js';
import { type OpenModel, openAnyModel } from './model-folder.js';
import { jsonOption, numberWithin, wholeNumberOption } from './parse.js';
import { type KeptLog, openLog } from './serve-log.js';
import { type OpenTraffic, openTraffic } from './serve-traffic.js';
import { givenModels } from './served-models.js';

const defaultPort = 8501;
const defaultHost = '127.0.0.1';

export const serve: Command = {
  name: 'serve',
  summary: 'answer requests over HTTP with saved models, by the routes of TensorFlow Serving and the Open Inference Protocol',
  positionals: ['MODEL'],
  more: true,
  options: {
    port: { value: 'N', description: `the port to listen on (${defaultPort} when left out; 0 takes a free one)` },
    host: { value: 'NAME', description: `the address to listen on (${defaultHost}, this machine alone, when left out)` },
    cors: { value: 'ORIGIN', description: 'pages of this origin may read the answers (* for all; none when left out)' },
    management: { description: 'callers may load and unload models (v2/repository)' },
    traffic: { value: 'FILE', description: 'how callers are divided among versions (JSON); written when that changes' },
    log: { value: 'FOLDER', description: 'keep what is asked and answered there (nothing is kept when left out)' },
    'log-inputs': { value: 'FORM', description: `inputs in the log: values, hash or none (${usualLog.inputs} when left out)` },
    'log-rows': { value: 'N', description: `the most rows that the log keeps (${usualLog.rows} when left out)` },
    'log-days': { value: 'N', description: `for how many days the log keeps them (${usualLog.days} when left out)` },
    delay: { value: 'N', description: 'milliseconds that a request waits for others to be computed with (0 when left out)' },
    ...jsonOption,
  },
  async run(given, { output, signal }) {
    const port = wholeNumberOption(given, 'port', 0, 65_535) ?? defaultPort;
    const delay = numberWithin(given, 'delay', 'milliseconds from 0 to 1000', (value) => value >= 0 && value <= 1000) ?? usualBatches.delay;
    const host = given.options.get('host') ?? defaultHost;
    const registry = new Registry();
    const metrics = new Metrics();
    const devices = createDeviceOwner(settings(createMemoryStore()));
    const opened: OpenModel<AnyModelRecord>[] = [];
    let kept: KeptLog | undefined;
    let divided: OpenTraffic | undefined;
    try {
      for (const { name, version, path } of givenModels(given.positionals)) {
        output.stage(`Loading ${name} …`);
        const open = await openAnyModel(path);
        opened.push(open);
        const told = (rows: number): void => metrics.batch(name, rows);
        registry.add(name, version, open.model, {
          store: open.store,
          devices,
          openOnnx,
          limits: usualLimits,
          batches: { ...usualBatches, delay },
          told,
        });
        await registry.load(name, version);
      }
      const management = given.options.has('management');
      const file = given.options.get('traffic');
      divided = file === undefined ? undefined : await openTraffic(file, registry, (message) => output.stage(message));
      kept = await openLog(given);
      const router = createRouter({
        registry,
        metrics,
        limits: usualLimits,
        loadDecoder,
        management,
        ...(divided ? { traffic: divided.traffic } : {}),
        ...kept?.parts,
      });
      const server = await serveHttp(router, { port, host, cors: given.options.get('cors') });
      const address = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`;
      const models = registry.names.flatMap((name) => registry.versions(name).map(({ version }) => ({ name, version: String(version) })));
      const answer = { address, port: server.port, models } satisfies ServeAnswer;
      await output.answer(answer, textOf(answer));
      if (!signal.aborted) await once(signal, 'abort');
      await server.close();
    } finally {
      await kept?.close();
      await divided?.written();
      await registry.close();
      devices.dispose();
      for (const { close } of opened) await close();
    }
  },
};

function textOf({ address, models }: ServeAnswer): string {
  const names = [...new Set(models.map(({ name }) => name))];
  return [
    `Serving ${names.join(', ')} at ${address}`,
    ...names.map((name) => `  POST ${address}/v1/models/${name}:predict   {"instances": [{…}]}`),
    ...names.map((name) => `  POST ${address}/v2/models/${name}/infer`),
    'Ctrl-C ends it.',
  ].join('\n');
}
