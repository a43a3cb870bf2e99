/** Owns serving: the router and the models that are deployed, so that answers keep coming while a training runs. */
import { openServing } from '../src/host/browser/serving/open-serving.js';
import { expose } from '../src/remote/expose.js';

expose(openServing);
