/** Judges one import by the rules; answers a message that teaches, or undefined. */
import { bans, floors, packages, platformRooms } from './rules.js';
import type { Import } from './sources.js';

const below = (path: string) => path.replace(/^src\//, '');
const room = (path: string) => below(path).split('/')[0];

/** `@scope/name/file` → `@scope/name` */
const packageName = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function judgePackage(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) {
    if (platformRooms.some((place) => from.startsWith(place))) return undefined;
    return `Node's modules are for ${platformRooms.join(' and ')} only. Take what you need as an argument and let the host hand it in.`;
  }
  const name = packageName(specifier);
  const places = Object.hasOwn(packages, name) ? packages[name] : [];
  if (places.some((place) => from.startsWith(place))) return undefined;
  return `The package ${name} is for ${places.join(' and ') || 'nobody'} only. Use our own interface to it, or grant it in rules.ts.`;
}

function judgeFile(from: string, to: string): string | undefined {
  const [upper, lower] = [room(from), room(to)];
  if (from === 'index.ts') return undefined;
  if (to === 'index.ts') return 'src/index.ts is the public door: inside the house import the file itself.';
  for (const path of [from, to])
    if (!Object.hasOwn(floors, room(path))) return `The room ${room(path)} has no floor: give it one in rules.ts.`;
  if (upper !== lower && floors[upper] <= floors[lower]) {
    return (
      `${upper} is on floor ${floors[upper]} and ${lower} on floor ${floors[lower]}; imports go down only. ` +
      'Move what both need to a floor below, or take it as an argument and let the host hand it in.'
    );
  }
  const ban = bans.find(
    (rule) => from.startsWith(rule.from) && rule.to.some((place) => to.startsWith(place)) && !rule.except?.includes(to),
  );
  return ban && `${ban.from} may not import ${ban.to.join(', ')}. ${ban.instead}`;
}

export function violation({ from, line, specifier, to }: Import): string | undefined {
  const why =
    to === undefined ? judgePackage(below(from), specifier) : to.startsWith('src/') ? judgeFile(below(from), below(to)) : undefined;
  return why && `${from}:${line} imports '${specifier}'. ${why}`;
}

/** The files of one cycle in their order, or undefined. */
export function cycle(imports: readonly Import[]): string[] | undefined {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) if (to) edges.set(from, [...(edges.get(from) ?? []), to]);
  const done = new Set<string>();
  const search = (file: string, path: string[]): string[] | undefined => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (done.has(file)) return undefined;
    for (const next of edges.get(file) ?? []) {
      const found = search(next, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const found = search(file, []);
    if (found) return found;
  }
  return undefined;
}
