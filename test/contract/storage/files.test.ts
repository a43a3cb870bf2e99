import { durableStoreContract } from './durable-store.contract.js';
import { folderPlace } from './folder.js';
import { storeContract } from './store.contract.js';

storeContract('file', folderPlace);
durableStoreContract('file', folderPlace);
