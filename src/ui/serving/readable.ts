/** JSON to be read and changed by hand: indented, but a list of plain values stands on one line, as a tensor's innermost rows do. */
export function readable(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  if (isList && value.every((each) => typeof each !== 'object' || each === null)) return JSON.stringify(value);
  const entries = isList
    ? value.map((each) => readable(each, inner))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${readable(each, inner)}`);
  if (entries.length === 0) return '{}';
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}
