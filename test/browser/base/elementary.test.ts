import { elementaryContract } from '../../contract/base/elementary.contract.js';

elementaryContract();
