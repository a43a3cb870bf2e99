/** Which epochs of what was seen are kept: all of a short training, evenly spread ones of a long one, whenever it ends. */
import { type InsightEpoch, mostInsightEpochs, type RunInsight } from '../../spec/insight.js';

/** Tensors times epochs that are kept: about half a megabyte. */
const mostKept = 1024;
const fewestEpochs = 8;

const mostEpochs = ({ tensors }: Pick<RunInsight, 'tensors'>): number =>
  Math.max(fewestEpochs, Math.min(mostInsightEpochs, Math.floor(mostKept / Math.max(1, tensors.length))));

export const isKept = ({ every }: Pick<RunInsight, 'every'>, epoch: number): boolean => (epoch - 1) % every === 0;

/** Adds an epoch, in place; one that was told before, by a run that was cut off, is replaced. */
export function keepEpoch(insight: RunInsight, seen: InsightEpoch): void {
  while (insight.epochs.length > 0 && insight.epochs[insight.epochs.length - 1].epoch >= seen.epoch) insight.epochs.pop();
  if (!isKept(insight, seen.epoch)) return;
  insight.epochs.push(seen);
  if (insight.epochs.length <= mostEpochs(insight)) return;
  insight.every *= 2;
  insight.epochs = insight.epochs.filter(({ epoch }) => isKept(insight, epoch));
}
