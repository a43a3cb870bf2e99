import { createMemoryStore } from '../../../src/storage/memory.js';
import { storeContract } from './store.contract.js';

storeContract('memory', async () => ({ open: async () => createMemoryStore(), dispose: async () => undefined }));
