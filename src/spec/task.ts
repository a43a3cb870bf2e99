/** What can be learnt. */
import * as z from 'zod/mini';

export const tasks = ['classification', 'regression', 'forecast'] as const;
export const Task = z.enum(tasks);
export type Task = z.infer<typeof Task>;
