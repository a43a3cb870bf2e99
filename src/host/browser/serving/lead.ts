/**
 * The page's part in serving. Of all open pages one leads, by a Web Lock; it has the inference worker, and lends the service worker ports to it.
 * When it is closed, the next one leads.
 */
import { connect } from '../../../remote/connect.js';
import type { Workbench } from '../../workbench.js';
import { inferWorkerUrl, trustedScriptUrl } from '../page-scripts.js';
import { leaderLock, wanted } from './messages.js';
import { type ServingServices, servingShapes } from './service.js';

/** Leads until the page is closed, from when no other page does. The worker starts once something is deployed, or asked for. */
export function leadServing({ deployments, watch }: Pick<Workbench, 'deployments' | 'watch'>): void {
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  if (!workers || !navigator.locks) return;
  let leads = false;
  const spawn = () => new Worker(trustedScriptUrl(inferWorkerUrl), { type: 'module' });
  const { serving } = connect<ServingServices>(spawn, servingShapes, { setup: {} }).services;
  workers.addEventListener('message', ({ data, ports: [port] }) => {
    if (data !== wanted || !port) return;
    // Whoever asked asks again when nobody answers it.
    if (leads) serving.lend(port).catch(() => port.close());
    else port.close();
  });
  workers.startMessages();

  const startIfDeployed = async (): Promise<void> => {
    const all = await deployments.list();
    if (all.some(({ versions }) => versions.some(({ loaded }) => loaded))) await serving.start();
  };
  // Where the worker does not start, who asks is told.
  const start = (): void => void startIfDeployed().catch(() => undefined);
  navigator.locks
    .request(leaderLock, () => {
      leads = true;
      watch((kinds) => kinds.includes('deployment') && start());
      start();
      return new Promise<never>(() => undefined);
    })
    // Where site data is blocked locks are refused, and nothing is kept that could be deployed.
    .catch(() => undefined);
}
