import { expect, test } from 'vitest';
import { portFrom } from '../../../scripts/port.mjs';

test.each([
  [undefined, 4173],
  ['', 4173],
  [' ', 4173],
  ['0', 0],
  ['8080', 8080],
  ['65535', 65_535],
])('PORT=%j is port %i', (text, port) => expect(portFrom(text, 4173)).toBe(port));

test.each(['http', '65536', '-1', '80.5', 'Infinity'])('PORT=%s is refused by name', (text) => {
  expect(() => portFrom(text, 4173)).toThrow(`PORT is "${text}", which is no port`);
});
