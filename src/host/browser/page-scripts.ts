/** The scripts that a page starts: its workers and the service worker. */
import dataWorker from '../../../workers/data.worker.ts?worker&url';
import engineWorker from '../../../workers/engine.worker.ts?worker&url';
import inferWorker from '../../../workers/infer.worker.ts?worker&url';
import { admitting } from './trusted-types.js';

const absolute = (url: string): string => new URL(url, import.meta.url).href;

export const dataWorkerUrl = absolute(dataWorker);
export const engineWorkerUrl = absolute(engineWorker);
export const inferWorkerUrl = absolute(inferWorker);

export const trustedScriptUrl = admitting(() => [
  dataWorkerUrl,
  engineWorkerUrl,
  inferWorkerUrl,
  new URL('service-worker.js', document.baseURI).href,
]);
