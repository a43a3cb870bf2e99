import { folderPlace } from './folder.js';
import { durableStoreContract, storeContract } from './store.contract.js';

storeContract('file', folderPlace);
durableStoreContract('file', folderPlace);
