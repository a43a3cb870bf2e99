import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import { conformance } from '../../contract/engine/conformance.js';

conformance('wasm in Chromium', () => openWasmEngine());
