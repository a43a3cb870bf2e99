import { it } from 'vitest';
import { trainsAndPredictsAsWasmDoes } from '../browser/engine/trains-as-wasm.js';

it('trains a network on webgpu and predicts as wasm does', () => trainsAndPredictsAsWasmDoes('webgpu'));
