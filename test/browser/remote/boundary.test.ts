/** The boundary with real threads: the same contract as inline. */
import { afterEach, describe, expect, test } from 'vitest';
import { type Connection, connect } from '../../../src/remote/connect.js';
import { boundaryContract } from '../../contract/remote/boundary.contract.js';
import { type ToyServices, toyShapes } from '../../contract/remote/toy.js';

const open: Connection<ToyServices>[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});

function connectToy(): Connection<ToyServices> {
  const connection = connect(() => new Worker(new URL('./toy.worker.ts', import.meta.url), { type: 'module' }), toyShapes);
  open.push(connection);
  return connection;
}

describe('behind a worker', () => {
  boundaryContract(() => connectToy().services.toy);

  test('fresh arrays are moved, not copied', async () => {
    const { toy } = connectToy().services;
    await toy.made();
    expect(await toy.madeLength()).toBe(0);
  });
});
