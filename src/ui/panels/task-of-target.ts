/** The task that a target leads to, or why it cannot be learnt: asked of the data room, said in the page. */
import { taskFor } from '../../data/task.js';
import type { Field } from '../../spec/field.js';
import type { Task } from '../../spec/task.js';
import { describeProblem, type Problem } from '../problem.js';

export interface TaskOfTarget {
  decided?: { task: Task; reason: string };
  refused?: Problem;
}

export function taskOfTarget(fields: readonly Field[], target: string, asked?: Task): TaskOfTarget {
  try {
    return { decided: taskFor(fields, { target, task: asked }) };
  } catch (thrown) {
    return { refused: describeProblem(thrown) };
  }
}
