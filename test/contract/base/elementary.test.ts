import { elementaryContract } from './elementary.contract.js';

elementaryContract();
