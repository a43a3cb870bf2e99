/** The id of a trial's record: it follows from its sweep's and its number. Changing it loses the trials of every sweep that is kept. */
export const trialId = (sweep: string, number: number): string => `${sweep}/${String(number).padStart(4, '0')}`;
