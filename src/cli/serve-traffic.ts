/** How `serve --traffic FILE` divides callers: read from the file, and written back when it changes, so that a rollback outlives the server. */
import * as z from 'zod/mini';
import { InputError } from '../base/errors.js';
import { writeWhole } from '../host/node/store/durable.js';
import type { Registry } from '../serve/registry.js';
import { Traffic as Divided } from '../serve/traffic/traffic.js';
import { checkVersions, servedVersions } from '../serve/traffic/versions.js';
import { checkTraffic, Traffic } from '../spec/traffic.js';
import { validate } from '../spec/validate.js';
import { readJsonObject } from './json-file.js';

export const TrafficFile = z.object({
  /** By the name of the served model. */
  models: z.record(z.string(), Traffic),
});

export interface OpenTraffic {
  traffic: Divided;
  /** Settles when the file holds what was changed. */
  written(): Promise<void>;
}

/**
 * @param told hears, as a sentence, of every rollback, and where the file could not be written
 * @throws InputError `invalid-traffic` naming the file and what is wrong in it; `unreadable-file`, `invalid-json`
 */
export async function openTraffic(file: string, registry: Registry, told: (message: string) => void): Promise<OpenTraffic> {
  const content = await readJsonObject(file, { option: '--traffic', schema: 'docs/schemas/traffic.json', invalid: 'invalid-traffic' });
  const models = new Map(Object.entries(validate(TrafficFile, content, 'traffic').models));
  let writing: Promise<void> = Promise.resolve();
  const traffic = new Divided({
    changed(name, spec, { kind, to, message }) {
      models.set(name, spec);
      if (kind === 'rollback') told(`Rolled back: all callers of "${name}" go to "${to}". ${message}`);
      const text = `${JSON.stringify({ models: Object.fromEntries(models) }, null, 2)}\n`;
      writing = writing
        .then(() => writeWhole(file, text))
        .catch((thrown: Error) => told(`"${file}" could not be written: ${thrown.message}`));
    },
  });
  for (const [name, given] of models) {
    check(registry, file, name, checkTraffic(given));
    traffic.set(name, given);
  }
  return { traffic, written: () => writing };
}

function check(registry: Registry, file: string, name: string, traffic: Traffic): void {
  try {
    checkVersions(name, traffic, servedVersions(registry, name));
  } catch (cause) {
    throw new InputError('invalid-traffic', `"${file}" divides callers among versions that are not served: ${(cause as Error).message}`, {
      advice: `Give each version as ${name}=FOLDER; the first is version 1, the next version 2.`,
      cause,
      place: { file, model: name },
    });
  }
}
