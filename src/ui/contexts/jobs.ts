/** The page's running work. */
import { createContext } from '@lit/context';
import type { Jobs } from '../jobs/jobs.js';

export const jobsContext = createContext<Jobs>(Symbol('jobs'));
