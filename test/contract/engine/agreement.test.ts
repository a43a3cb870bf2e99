import { describe } from 'vitest';
import { openTfjsEngine } from '../../../src/compute/tfjs/engine.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { agreesWithWasm, computesInParts, goesOn } from './every-layer.js';

agreesWithWasm(() => openTfjsEngine('cpu'));

describe('wasm', () => {
  goesOn(() => openWasmEngine());
  computesInParts(() => openWasmEngine());
});
describe('cpu', () => {
  goesOn(() => openTfjsEngine('cpu'));
  computesInParts(() => openTfjsEngine('cpu'));
});
