import { openTfjsEngine } from '../../../src/compute/tfjs/engine.js';
import { agreesWithWasm } from './every-layer.js';

agreesWithWasm(() => openTfjsEngine('cpu'));
