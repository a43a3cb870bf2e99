/** What the page that leads asks of its inference worker. */
import type { Shapes } from '../../../remote/shape.js';

export interface ServingService {
  /** Settles when what was deployed as the worker started has been loaded, as far as it can be. */
  start(): Promise<void>;
  /** Answers what is asked over the port from now on, which is moved. */
  lend(port: MessagePort): Promise<void>;
}

export interface ServingServices {
  serving: ServingService;
}

export const servingShapes: Shapes<ServingServices> = { serving: { start: 'value', lend: 'value' } };
