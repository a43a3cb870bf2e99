/** The types that a column can have. Apart from the schemas, so that the first screen does without the validator. */
export const fieldTypes = ['number', 'integer', 'category', 'boolean', 'datetime', 'text', 'identifier', 'picture'] as const;
export type FieldType = (typeof fieldTypes)[number];

export const isNumeric = (type: FieldType): boolean => type === 'number' || type === 'integer' || type === 'datetime';
export const isCategorical = (type: FieldType): boolean => type === 'category' || type === 'boolean';
