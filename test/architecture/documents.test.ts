/** The documents are true: links lead somewhere, and the headers and commands that they print are those of the code. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheRules, headers } from '../../server/headers.mjs';
import { filesIn, read, root } from './sources.js';

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...filesIn('docs', '.md')];

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, 'code');

/** As GitHub names the anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

const anchors = (text: string) => [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading));

/** Links and pictures that lead nowhere, as `file: link`. */
function brokenLinks(path: string, text = read(path)): string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g), ...text.matchAll(/<(?:img|source)[^>]* src(?:set)?="([^"]+)"/g)];
  return links
    .map(([, link]) => link)
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [file, fragment] = link.split('#');
      const target = file ? normalize(join(dirname(path), file)) : path;
      if (!existsSync(join(root, target))) return true;
      return fragment !== undefined && !anchors(target === path ? text : read(target)).includes(fragment);
    })
    .map((link) => `${path}: ${link}`);
}

describe('documents', () => {
  it.each(documents)('%s links to files and headings that exist', (path) => {
    expect(brokenLinks(path)).toEqual([]);
  });

  it('has every decision under the same headings', () => {
    for (const path of filesIn('docs/decisions', '.md').filter((name) => /\/\d{4}-/.test(name))) {
      const headings = [...read(path).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect(headings, path).toEqual(['Status', 'Context', 'Decision', 'Consequences']);
    }
  });

  it('prints the headers that are sent', () => {
    const text = read('docs/hosting.md');
    const block = /```http\n([\s\S]*?)```/.exec(text)?.[1];
    expect(block?.trimEnd().split('\n')).toEqual(Object.entries(headers).map(([name, value]) => `${name}: ${value}`));
  });

  it('prints the cache rules that hold', () => {
    const rows = [...read('docs/hosting.md').matchAll(/^\| `?([^|`]+?)`? \| `([^|]+)` \| (.+) \|$/gm)].map(([, files, value, why]) => ({
      files,
      value,
      why,
    }));
    const [heading, ...body] = rows;
    expect(heading.value).toBe('Cache-Control');
    expect(body).toEqual(cacheRules.map(({ files, value, why }) => ({ files, value, why })));
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = documents.flatMap((path) => [...read(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name));
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the search for broken links', () => {
  it('finds a missing file, a missing heading and a missing picture, and follows what is there', () => {
    const text =
      '# One two\n[a](nowhere.md) [b](#one-two) [c](#three) [d](LICENSE) [e](https://example.org) `[f](code.md)`\n<img src="no.png">';
    expect(brokenLinks('README.md', text)).toEqual(['README.md: nowhere.md', 'README.md: #three', 'README.md: no.png']);
  });
});
