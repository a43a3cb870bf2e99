/** The same work in a worker, where chunks are written by other means than in a page. */
import { commitForEver, overfill } from './page.js';

export type Work = { commitFrom: number } | { overfill: string };

addEventListener('message', async ({ data }: MessageEvent<Work>) => {
  if ('overfill' in data) postMessage(await overfill(data.overfill));
  else await commitForEver(data.commitFrom);
});
