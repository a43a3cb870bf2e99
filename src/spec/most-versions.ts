/** Apart from the schemas, so that the first screen does without the validator. */

/** The most versions of one dataset, the one in use included: all of them are in its record. */
export const mostVersions = 50;
