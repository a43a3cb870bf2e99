import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { conformance } from './conformance.js';

conformance('wasm in Node', () => openWasmEngine());
