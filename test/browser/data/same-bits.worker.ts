/** Fits and applies pipelines in a worker. */
import { fingerprints } from '../../contract/data/same-bits.js';

self.addEventListener('message', async () => self.postMessage(await fingerprints()));
