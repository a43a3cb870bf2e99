/** Which paths are the protocols': whoever hosts the router beside other things hands it these. */
const prefixes = /^\/(?:v1\/models|v2|benchwright\/models|predictions|explanations|monitoring)(?:\/|$)/i;
const whole: ReadonlySet<string> = new Set(['/ping', '/metrics']);

/** @param pathname below where the router is hosted, beginning with "/" */
export const isServed = (pathname: string): boolean => prefixes.test(pathname) || whole.has(pathname);

const named = /^\/(?:v[12]\/models|benchwright\/models|predictions|explanations)\/(?<name>[^/:]+)/i;

/** The served model that a path is about, as it stands in it. */
export const nameIn = (pathname: string): string | undefined => named.exec(pathname)?.groups?.name;
