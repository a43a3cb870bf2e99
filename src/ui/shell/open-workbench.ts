/** Opens the workbench, whose workers and store are loaded after the frame has been drawn. */
import type { Workbench } from '../../host/workbench.js';

export async function openWorkbench(): Promise<Workbench> {
  const { createWorkbench } = await import('../../host/browser/workbench.js');
  return createWorkbench();
}
