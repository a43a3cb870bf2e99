/** Work on tables, which needs no device: parsing, storing, looking at rows. */
import { openData } from '../src/host/browser/open-data.js';
import { expose } from '../src/remote/expose.js';

expose(openData);
