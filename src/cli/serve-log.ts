/** The log that `serve --log FOLDER` keeps, by its options. */
import { InputError } from '../base/errors.js';
import { openFileStore } from '../host/node/files.js';
import { createLogs } from '../serve/log/create.js';
import type { Logs } from '../serve/log/logs.js';
import { PredictionLog } from '../serve/log/prediction-log.js';
import { LogSettings, usualLog } from '../spec/prediction-log.js';
import { validate } from '../spec/validate.js';
import type { Given } from './command.js';
import { choiceOption, numberOption } from './parse.js';

export interface KeptLog {
  parts: { log: PredictionLog; logs: Logs };
  /** Writes what waits. */
  close(): Promise<void>;
}

/** @throws InputError `option-without-log` or `invalid-log`; what `openFileStore` says of a folder that cannot be used */
export async function openLog(given: Given): Promise<KeptLog | undefined> {
  const folder = given.options.get('log');
  const lonely = ['log-inputs', 'log-rows', 'log-days'].find((name) => given.options.has(name));
  if (folder === undefined) {
    if (lonely === undefined) return undefined;
    throw new InputError('option-without-log', `--${lonely} is of use with --log only.`, {
      advice: 'Give --log FOLDER as well.',
      place: { option: `--${lonely}` },
    });
  }
  const wanted = {
    inputs: choiceOption(given, 'log-inputs', ['values', 'hash', 'none'] as const) ?? usualLog.inputs,
    rows: numberOption(given, 'log-rows', 10_000) ?? usualLog.rows,
    days: numberOption(given, 'log-days', 7) ?? usualLog.days,
  };
  const settings = validate(LogSettings, wanted, 'log');
  const store = await openFileStore(folder);
  const log = new PredictionLog({ store, settings: () => settings });
  return {
    parts: { log, logs: createLogs(store) },
    async close() {
      await log.close();
      await store.close();
    },
  };
}
