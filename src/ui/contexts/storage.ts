/** What is kept in this browser: how much, and a call when records change, here or in another tab. */
import { createContext } from '@lit/context';
import type { RecordKind, Usage } from '../../storage/store.js';

export interface StorageService {
  usage(): Promise<Usage>;
  watch(listener: (kinds: RecordKind[]) => void): () => void;
}

export const storageContext = createContext<StorageService>(Symbol('storage'));
