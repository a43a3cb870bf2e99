/** The winner of a sweep as a run like any other: trained anew, beside a baseline and a linear model, and tested once. */
import type { RunRecord } from '../../spec/run.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { Store } from '../../storage/store.js';
import type { Trainer } from '../trainer.js';
import type { SweepLog } from './log.js';
import type { SweepEvent, SweepRequest } from './sweeps.js';

export interface Retraining {
  store: Store;
  trainer: Trainer;
  log: SweepLog;
  request: SweepRequest;
  spec: TrainingSpec;
  signal: AbortSignal | undefined;
}

/** Goes on with the run that was begun before, where there is one. */
export async function* retrain({ store, trainer, log, request, spec, signal }: Retraining): AsyncGenerator<SweepEvent, RunRecord> {
  const { id, winner, run, dataset, testDataset, name } = log.record;
  const begun = run === undefined ? undefined : await store.get('run', run);
  const events = trainer.train(
    {
      dataset: request.dataset ?? dataset.id,
      // What the trials learnt from, whichever version is in use by now.
      version: dataset.hash,
      spec,
      name,
      ...(testDataset === undefined ? {} : { testDataset }),
      sweep: { id, trial: winner as number },
      ...(begun && begun.deleted === undefined ? { resume: begun.id } : {}),
    },
    { signal },
  );
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) {
        if (log.record.run !== next.value.id) await log.change({ run: next.value.id });
        return next.value;
      }
      const event = next.value;
      // Known before the run is kept: whoever goes on finds it.
      if (event.kind === 'stage' && event.run !== log.record.run) await log.change({ run: event.run });
      yield { kind: 'training', event };
    }
  } finally {
    await events.return(undefined as never);
  }
}
