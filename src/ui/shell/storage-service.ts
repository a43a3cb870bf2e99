/**
 * What is kept in this browser, for the elements below. What they show is loaded anew when records change and, since word of that does not reach a
 * page that was suspended, when it wakes, and when a write was refused because it was made from an older state.
 */
import type { Workbench } from '../../host/workbench.js';
import type { RecordKind } from '../../storage/store.js';
import type { StorageService } from '../contexts/storage.js';
import { onStale } from '../stale.js';

const everyKind: Record<RecordKind, true> = {
  dataset: true,
  run: true,
  model: true,
  'tensor-model': true,
  import: true,
  setting: true,
  sweep: true,
  deployment: true,
  log: true,
  experiment: true,
  trial: true,
};
const kinds = Object.keys(everyKind) as RecordKind[];

export function storageService(workbench: Workbench): StorageService {
  return {
    usage: () => workbench.usage(),
    watch(listener) {
      const all = (): void => listener([...kinds]);
      const shown = (event: PageTransitionEvent): void => {
        if (event.persisted) all();
      };
      const stops = [workbench.watch(listener), onStale(all)];
      document.addEventListener('resume', all);
      addEventListener('pageshow', shown);
      return () => {
        for (const stop of stops) stop();
        document.removeEventListener('resume', all);
        removeEventListener('pageshow', shown);
      };
    },
  };
}
