/** The boundary without threads: inline, and over a port, where everything is cloned as it is on the way to a worker. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/remote/connect.js';
import { expose } from '../../../src/remote/expose.js';
import { later } from '../../../src/remote/later.js';
import type { WorkerLike } from '../../../src/remote/worker-like.js';
import { boundaryContract } from './boundary.contract.js';
import { createToy, type ToyServices, toyShapes } from './toy.js';

const open: Connection<ToyServices>[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});

/** A port dressed as a worker. */
function spawnOnPort(): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  queueMicrotask(() => expose(async () => ({ toy: createToy() }), port2));
  const terminate = (): void => {
    port1.close();
    port2.close();
  };
  port1.start();
  return Object.assign(port1, { terminate }) as unknown as WorkerLike;
}

function connectToy(): Connection<ToyServices> {
  const connection = connect(spawnOnPort, toyShapes);
  open.push(connection);
  return connection;
}

describe('inline', () => boundaryContract(createToy));

describe('loaded with the first call', () => {
  boundaryContract(() => later(toyShapes.toy, async () => createToy()));

  test('what could not be loaded is loaded anew by the next call, and once for all that follow', async () => {
    let loads = 0;
    const toy = later(toyShapes.toy, async () => {
      loads += 1;
      if (loads === 1) throw new Error('no network');
      return createToy();
    });
    await expect(toy.add(1, 2)).rejects.toThrow('no network');
    expect(await Promise.all([toy.add(1, 2), toy.add(2, 2)])).toEqual([3, 4]);
    expect(loads).toBe(2);
  });
});

describe('over a port', () => {
  boundaryContract(() => connectToy().services.toy);

  test('fresh arrays are moved, not copied', async () => {
    const { toy } = connectToy().services;
    await toy.made();
    expect(await toy.madeLength()).toBe(0);
  });

  test('what cannot be cloned is refused, naming the method', async () => {
    const { toy } = connectToy().services;
    const refused = toy.add((() => 1) as unknown as number, 2);
    await expect(refused).rejects.toMatchObject({ code: 'not-cloneable', message: expect.stringContaining('toy.add') });
  });

  test('an end that is said is heard by those that wait', async () => {
    const ports: WorkerLike[] = [];
    const connection = connect(() => {
      ports.push(spawnOnPort());
      return ports[ports.length - 1];
    }, toyShapes);
    open.push(connection);
    const { toy } = connection.services;
    await toy.add(1, 2);
    const waiting = toy.wait(new AbortController().signal);
    ports[0].terminate();
    await expect(waiting).rejects.toMatchObject({ name: 'WorkerError', code: 'worker-died' });
    expect(await toy.add(1, 2)).toBe(3);
  });

  test('after close every call is refused, those that wait too', async () => {
    const connection = connectToy();
    const waiting = connection.services.toy.wait(new AbortController().signal);
    await connection.services.toy.add(1, 1);
    connection.close();
    await expect(waiting).rejects.toMatchObject({ name: 'WorkerError', code: 'worker-closed' });
    await expect(connection.services.toy.add(1, 1)).rejects.toMatchObject({ code: 'worker-closed' });
  });
});
