/** Owns the devices and the models loaded on them: training, prediction, evaluation. */
import { openEngine } from '../src/host/browser/open-engine.js';
import { expose } from '../src/remote/expose.js';

expose(openEngine);
