import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { conformance } from './conformance.js';
import { determinism } from './determinism.js';

conformance('wasm in Node', () => openWasmEngine());
determinism('Node', () => openWasmEngine());
