/** How a column writes its dates, where not as ISO 8601. Apart from the schemas, as the types are. */
export const dateForms = ['day-first', 'month-first', 'named', 'seconds', 'milliseconds'] as const;
export type DateForm = (typeof dateForms)[number];
