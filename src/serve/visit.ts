/**
 * One request on its way: who was chosen to answer it, what it asked and was answered, and whoever is told of it afterwards. What it was told
 * stands in the answer's headers.
 */
import { milliseconds } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { newIdentifier } from '../base/identifier.js';
import { type Exchange, rowsExchange, tensorsExchange } from './exchange.js';
import type { Wanted } from './registry.js';
import type { Serving } from './routes/route.js';
import type { Answering } from './served-model.js';
import { unitHeader } from './traffic/headers.js';
import type { Chosen } from './traffic/traffic.js';

export class Visit {
  readonly #serving: Serving;
  readonly #headers: Headers;
  #name = '';
  #version: number | undefined;
  #chosen: Chosen | undefined;
  #started: number | undefined;
  #answered: { exchange: Exchange; latency: number } | undefined;

  constructor(serving: Serving, headers: Headers) {
    this.#serving = serving;
    this.#headers = headers;
  }

  /** The model that answers. @throws InputError `unknown-servable`, `unknown-arm` or `arm-not-loaded` */
  available(name: string, wanted: Wanted): { model: Answering; version: number } {
    const { registry, traffic } = this.#serving;
    const chosen = registry.has(name) ? traffic?.choose(name, wanted, this.#headers) : undefined;
    this.#chosen = chosen;
    this.#name = name;
    if (chosen && registry.versions(name).every(({ version, state }) => version !== chosen.version || state !== 'AVAILABLE')) {
      this.#version = chosen.version;
      throw armNotLoaded(name, chosen);
    }
    const { model, version } = registry.available(name, chosen ? { version: chosen.version } : wanted);
    this.#version = version;
    const { log } = this.#serving;
    if (model.kind === 'model') {
      const ask: typeof model.ask = (rows, signal) =>
        this.#ask(
          () => model.ask(rows, signal),
          (served) => rowsExchange(model, rows, served),
        );
      return { version, model: { ...partsOf(model), ask } };
    }
    const ask: typeof model.ask = (tensors, signal) => {
      // Hashed while the model computes, so that no log holds what was sent.
      const exchange = tensorsExchange(model.record, tensors, log?.keeps(name) ?? false);
      return this.#ask(() => model.ask(tensors, signal), exchange);
    };
    return { version, model: { ...partsOf(model), ask } };
  }

  async #ask<Answer>(ask: () => Promise<Answer>, exchange: (answer: Answer) => Exchange | Promise<Exchange>): Promise<Answer> {
    const started = milliseconds();
    this.#started = started;
    const answer = await ask();
    const latency = milliseconds() - started;
    this.#answered = { exchange: await exchange(answer), latency };
    return answer;
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
        latency: this.#answered?.latency ?? milliseconds() - (this.#started ?? milliseconds()),
      });
    }
    if (traffic && arm !== undefined && this.#answered) {
      const { exchange } = this.#answered;
      const found = traffic.mirrorFor(this.#name);
      found?.mirror.ask(() => exchange.again(registry.available(this.#name, found).model), exchange.compared);
    }
    return response;
  }

  /** In the log, by an id that the caller is told. */
  #keep(response: Response): void {
    const { log } = this.#serving;
    if (!log?.keeps(this.#name) || !this.#answered || !response.ok || this.#version === undefined) return;
    const id = newIdentifier();
    response.headers.set('x-benchwright-prediction', id);
    const { arm, unit = this.#headers.get(unitHeader) ?? undefined } = this.#chosen ?? {};
    const who = { ...(arm === undefined ? {} : { arm }), ...(unit === undefined ? {} : { unit }) };
    const { exchange, latency } = this.#answered;
    log.add({ id, name: this.#name, version: this.#version, ...exchange.logged(), latency, ...who });
  }
}

const partsOf = <Some extends Answering>({ kind, record, signature }: Some): Pick<Some, 'kind' | 'record' | 'signature'> => ({
  kind,
  record,
  signature,
});

const armNotLoaded = (name: string, { version, arm }: Chosen): InputError =>
  new InputError('arm-not-loaded', `Version ${version} of "${name}"${arm === undefined ? '' : `, the arm "${arm}",`} is not loaded.`, {
    advice: 'Load it, or take it out of the traffic.',
    place: { model: name, version },
  });
