/** Shapes are held to the interfaces that they stand for, checked by the compiler: this file is never run. */

import { expectTypeOf } from 'vitest';
import { connect } from '../../src/remote/connect.js';
import type { Shape } from '../../src/remote/shape.js';

interface Service {
  value(input: number): Promise<string>;
  stream(): AsyncGenerator<number, string>;
}

const right: Shape<Service> = { value: 'value', stream: 'stream' };
// @ts-expect-error a method is missing
const missing: Shape<Service> = { value: 'value' };
// @ts-expect-error a stream is not a value
const wrong: Shape<Service> = { value: 'value', stream: 'value' };
// @ts-expect-error the service has no such method
const stranger: Shape<Service> = { value: 'value', stream: 'stream', other: 'value' };

export { missing, stranger, wrong };

declare const spawn: () => Worker;
const connection = connect<{ service: Service }>(spawn, { service: right });
expectTypeOf(connection.services.service).toEqualTypeOf<Service>();
