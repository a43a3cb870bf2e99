/** Which way a figure is better. Apart from the schemas, for whoever only puts figures in order. */
const losses: ReadonlySet<string> = new Set(['rmse', 'mae', 'logLoss', 'hammingLoss', 'reconstructionError']);

export const smallerIsBetter = (metric: string): boolean => losses.has(metric);
