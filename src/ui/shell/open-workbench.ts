/** Opens the workbench, whose workers and store are loaded after the frame has been drawn. */
import type { Workbench } from '../../host/workbench.js';
import { codeOf } from '../problem.js';

/** @returns forgetful: why nothing is kept, where the browser keeps nothing and all is in memory */
export async function openWorkbench(): Promise<{ workbench: Workbench; forgetful?: unknown }> {
  const { createPageWorkbench } = await import('../../host/browser/page.js');
  try {
    return { workbench: await createPageWorkbench() };
  } catch (thrown) {
    if (codeOf(thrown) !== 'storage-unavailable') throw thrown;
    return { workbench: await createPageWorkbench({ storage: 'memory' }), forgetful: thrown };
  }
}
