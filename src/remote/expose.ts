/** The worker's side of the boundary: answers calls to its services. */
import { type Endpoint, expose as exposeByComlink, transfer } from 'comlink';
import { fromWire, toWire } from '../base/errors.js';
import { unpackArguments } from './arguments.js';
import { type Call, type Gateway, type Reply, readyMessage, type Step } from './gateway.js';
import { holdLife } from './liveness.js';
import { wholeBuffers } from './transfer.js';

type Method = (...parameters: unknown[]) => unknown;

/**
 * Offers the services that `create` makes, once, from what the connecting side sends as its `setup`. Call it before anything
 * is awaited, so that no message is lost.
 */
export function expose<Setup>(create: (setup: Setup) => Promise<object>, endpoint: Endpoint = globalThis as unknown as Endpoint): void {
  exposeByComlink(new ServiceGateway((setup) => create(setup as Setup)), endpoint);
  endpoint.postMessage(readyMessage);
}

class ServiceGateway implements Gateway {
  readonly #create: (setup: unknown) => Promise<object>;
  readonly #streams = new Map<number, AsyncGenerator>();
  readonly #controllers = new Map<number, AbortController[]>();
  #services: object = {};

  constructor(create: (setup: unknown) => Promise<object>) {
    this.#create = create;
  }

  start(life: string, setup: unknown): Promise<Reply> {
    return reply(async () => {
      await holdLife(life);
      this.#services = await this.#create(setup);
    });
  }

  async call({ id, service, method, kind, arguments: wire }: Call): Promise<Reply> {
    const { values, controllers } = unpackArguments(wire);
    this.#controllers.set(id, controllers);
    const answer = await reply(() => {
      const result = this.#method(service, method)(...values);
      if (kind !== 'stream') return result;
      this.#streams.set(id, result as AsyncGenerator);
    });
    if (!this.#streams.has(id)) this.#controllers.delete(id);
    return kind === 'fresh' ? transfer(answer, wholeBuffers(answer)) : answer;
  }

  async resume(id: number, step: Step): Promise<Reply> {
    let open = false;
    const answer = await reply(async () => {
      const stream = this.#streams.get(id);
      if (!stream) throw new Error(`Stream ${id} is not open.`);
      const result = await (step.kind === 'throw' ? stream.throw(fromWire(step.error)) : stream[step.kind](step.value));
      open = !result.done;
      return result;
    });
    if (!open) {
      this.#streams.delete(id);
      this.#controllers.delete(id);
    }
    return answer;
  }

  abort(id: number, signal: number, reason: Parameters<typeof fromWire>[0]): void {
    this.#controllers.get(id)?.[signal].abort(fromWire(reason));
  }

  beat(): void {}

  #method(service: string, name: string): Method {
    const services = this.#services as Record<string, Record<string, Method>>;
    return (...parameters) => services[service][name](...parameters);
  }
}

async function reply(work: () => unknown): Promise<Reply> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: toWire(error) };
  }
}
