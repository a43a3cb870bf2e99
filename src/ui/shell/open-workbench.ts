/** Opens the workbench, whose workers and store are loaded after the frame has been drawn. */
import type { Workbench } from '../../host/workbench.js';

export async function openWorkbench(): Promise<Workbench> {
  const { createPageWorkbench } = await import('../../host/browser/page.js');
  return createPageWorkbench();
}
