/** Which models `serve` was given: `PATH`, called after its folder or file, or `NAME=PATH`, where the same name again is its next version. */
import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';

export interface GivenModel {
  name: string;
  /** From 1. */
  version: number;
  path: string;
}

export function givenModels(given: readonly string[]): GivenModel[] {
  const versions = new Map<string, number>();
  return given.map((text) => {
    const named = /^(?<name>[\w.-]+)=(?<path>.+)$/s.exec(text)?.groups;
    if (!named || existsSync(text)) return { name: nameOf(text), version: 1, path: text };
    const version = (versions.get(named.name) ?? 0) + 1;
    versions.set(named.name, version);
    return { name: named.name, version, path: named.path };
  });
}

const nameOf = (path: string): string => {
  const name = basename(resolve(path));
  return name.slice(0, name.length - extname(name).length) || name;
};
