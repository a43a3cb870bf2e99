import { openTfjsEngine } from '../../../src/compute/tfjs/engine.js';
import { conformance } from './conformance.js';

conformance('tfjs cpu in Node', () => openTfjsEngine('cpu'));
