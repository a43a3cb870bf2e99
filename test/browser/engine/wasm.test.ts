import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { conformance } from '../../contract/engine/conformance.js';
import { determinism } from '../../contract/engine/determinism.js';

conformance('wasm in Chromium', () => openWasmEngine());
determinism('Chromium', () => openWasmEngine());
