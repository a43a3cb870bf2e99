import { expose } from '../../../src/remote/expose.js';
import { createToy } from '../../contract/remote/toy.js';

expose(async () => ({ toy: createToy() }));
