/**
 * One request on its way: who was chosen to answer it, what it asked and was answered, and whoever is told of it afterwards. What it was told
 * stands in the answer's headers.
 */
import { milliseconds } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { newIdentifier } from '../base/identifier.js';
import type { RawRow } from '../infer/models.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Wanted } from './registry.js';
import type { Answering, Serving } from './routes/route.js';
import type { Served } from './served-model.js';
import { type Chosen, unitHeader } from './traffic/traffic.js';

export class Visit {
  readonly #serving: Serving;
  readonly #headers: Headers;
  #name = '';
  #version: number | undefined;
  #record: ModelRecord | undefined;
  #chosen: Chosen | undefined;
  #asked: { rows: RawRow[]; started: number } | undefined;
  #answered: { served: Served; latency: number } | undefined;

  constructor(serving: Serving, headers: Headers) {
    this.#serving = serving;
    this.#headers = headers;
  }

  /** The model that answers. @throws InputError `unknown-servable`, `unknown-arm` or `arm-not-loaded` */
  available(name: string, wanted: Wanted): { model: Answering; version: number } {
    const { registry, traffic } = this.#serving;
    const chosen = registry.names.includes(name) ? traffic?.choose(name, wanted, this.#headers) : undefined;
    this.#chosen = chosen;
    this.#name = name;
    if (chosen && registry.versions(name).every(({ version, state }) => version !== chosen.version || state !== 'AVAILABLE')) {
      this.#version = chosen.version;
      throw armNotLoaded(name, chosen);
    }
    const { model, version } = registry.available(name, chosen ? { version: chosen.version } : wanted);
    this.#version = version;
    const { record, signature } = model;
    this.#record = record;
    return { version, model: { record, signature, ask: (rows, signal) => this.#ask(() => model.ask(rows, signal), rows) } };
  }

  async #ask(ask: () => Promise<Served>, rows: RawRow[]): Promise<Served> {
    const started = milliseconds();
    this.#asked = { rows, started };
    const served = await ask();
    this.#answered = { served, latency: milliseconds() - started };
    return served;
  }

  /** Whoever learns from the request is told, and the answer says who gave it. */
  done(response: Response): Response {
    if (this.#version === undefined) return response;
    const { traffic, registry } = this.#serving;
    const { arm } = this.#chosen ?? {};
    response.headers.set('x-benchwright-version', String(this.#version));
    if (arm !== undefined) {
      response.headers.set('x-benchwright-arm', arm);
      response.headers.set('azureml-model-deployment', arm);
    }
    this.#keep(response);
    const failed = response.status >= 500;
    if (traffic && arm !== undefined && (failed || this.#answered)) {
      traffic.observe(this.#name, arm, {
        failed,
        latency: this.#answered?.latency ?? milliseconds() - (this.#asked?.started ?? milliseconds()),
      });
    }
    if (traffic && arm !== undefined && this.#asked && this.#answered && this.#answered.served.rows > 0) {
      const found = traffic.mirrorFor(this.#name);
      found?.mirror.ask(() => registry.available(this.#name, found).model, this.#asked.rows, this.#answered.served);
    }
    return response;
  }

  /** In the log, by an id that the caller is told. */
  #keep(response: Response): void {
    const { log } = this.#serving;
    if (!log?.keeps(this.#name) || !this.#record || !this.#asked || !this.#answered || !response.ok || this.#version === undefined) return;
    const id = newIdentifier();
    response.headers.set('x-benchwright-prediction', id);
    const { arm, unit = this.#headers.get(unitHeader) ?? undefined } = this.#chosen ?? {};
    const who = { ...(arm === undefined ? {} : { arm }), ...(unit === undefined ? {} : { unit }) };
    const { served, latency } = this.#answered;
    log.add({ id, name: this.#name, version: this.#version, record: this.#record, rows: this.#asked.rows, served, latency, ...who });
  }
}

const armNotLoaded = (name: string, { version, arm }: Chosen): InputError =>
  new InputError('arm-not-loaded', `Version ${version} of "${name}"${arm === undefined ? '' : `, the arm "${arm}",`} is not loaded.`, {
    advice: 'Load it, or take it out of the traffic.',
    place: { model: name, version },
  });
