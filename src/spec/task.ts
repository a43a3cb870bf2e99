/** What can be learnt. */
import * as z from 'zod/mini';

export const tasks = ['classification', 'regression', 'forecast', 'multilabel', 'anomaly'] as const;
export const Task = z.enum(tasks);
export type Task = z.infer<typeof Task>;

/** Whether what is learnt is numbers of each row; of other tasks it is which class or labels a row has, or nothing. */
export const learnsNumbers = (task: Task): boolean => task === 'regression' || task === 'forecast';

/** Whether rows without a target can be learnt from: they have no label, or the target is not looked at. */
export const learnsWithoutTarget = (task: Task): boolean => task === 'multilabel' || task === 'anomaly';
