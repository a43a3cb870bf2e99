/** A service whose code is loaded with the first call of it. */
import type { MethodKind, Shape } from './shape.js';

type Method = (...given: unknown[]) => unknown;

/** One that could not be loaded is loaded anew by the next call. */
export function later<Service extends object>(shape: Shape<Service>, load: () => Promise<Service>): Service {
  let loading: Promise<Record<string, Method>> | undefined;
  const service = async (): Promise<Record<string, Method>> => {
    loading ??= load() as unknown as Promise<Record<string, Method>>;
    try {
      return await loading;
    } catch (thrown) {
      loading = undefined;
      throw thrown;
    }
  };
  const value =
    (method: string) =>
    async (...given: unknown[]) =>
      (await service())[method](...given);
  const stream = (method: string) =>
    async function* (...given: unknown[]) {
      return yield* (await service())[method](...given) as AsyncGenerator;
    };
  const methods = Object.entries<MethodKind>(shape).map(([method, kind]) => [method, kind === 'stream' ? stream(method) : value(method)]);
  return Object.fromEntries(methods) as Service;
}
