/** A new identifier: short, random, safe in a path and in a URL. */
export function newIdentifier(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
