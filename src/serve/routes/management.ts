/** What changes a server, or tells what others asked, is not for every caller. */
import { InputError } from '../../base/errors.js';
import type { Call } from './route.js';

/** @param what the server would do, in words. @throws InputError `management-off` or `cross-site` */
export function requireManagement({ management, headers }: Pick<Call, 'management' | 'headers'>, what: string): void {
  if (!management) {
    throw new InputError('management-off', `This server does not ${what} for callers.`, {
      advice: 'In Node it is started with --management for that; in a page it is done where the model is deployed.',
    });
  }
  // A page that somebody merely visits could send a form to a server on their machine.
  if (headers.get('sec-fetch-site') === 'cross-site') {
    throw new InputError('cross-site', `A page of another site cannot ${what} here.`, {
      advice: 'Use a command line, or a page of this origin.',
    });
  }
}
