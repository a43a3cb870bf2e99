/** Conditions on columns as plain data, joined by "and": what a query of a data set asks for. */
import * as z from 'zod/mini';

export const operators = ['=', '!=', '<', '<=', '>', '>=', 'in', 'is missing', 'is not missing'] as const;
export type Operator = (typeof operators)[number];

const Value = z.union([z.string().check(z.maxLength(1000)), z.number(), z.boolean()]);
export const Predicate = z.object({
  column: z.string(),
  op: z.enum(operators),
  /** A date and time as ISO 8601. Of `in`, a list. */
  value: z.optional(z.union([Value, z.array(Value).check(z.minLength(1), z.maxLength(1000))])),
});
export type Predicate = z.infer<typeof Predicate>;
