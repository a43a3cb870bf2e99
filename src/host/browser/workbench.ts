/** `createWorkbench` of a browser: behind workers in a page, inline in a worker. */
import type { Workbench, WorkbenchOptions } from '../workbench.js';
import { checkBrowserOptions, createPageWorkbench } from './page.js';

/**
 * Opens a workbench.
 * @throws InputError `invalid-options`; StorageError `storage-unavailable` where the browser keeps nothing: 'memory' works there
 */
export async function createWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  if (globalThis.document !== undefined) return createPageWorkbench(options);
  const { createWorkbenchInWorker } = await import('./in-worker.js');
  return createWorkbenchInWorker(checkBrowserOptions(options));
}
