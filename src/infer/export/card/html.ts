/** A model card as one HTML page without scripts or anything from elsewhere: light and dark, on paper and on a phone. */
import type { CardContents, CardPart } from './contents.js';

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 2rem 1rem; color: #1c2024; background: #fcfcfd; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; } code, td, th { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-bottom: .4rem; } th, td { text-align: start; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8888; vertical-align: top; }
@media (prefers-color-scheme: dark) { body { color: #edeef0; background: #111113; } }
`;

export const cardHtml = ({ title, lead, sections }: CardContents): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${escaped(lead)}</p>
${sections.map((section) => `<h2>${escaped(section.title)}</h2>\n${section.parts.map(part).join('\n')}`).join('\n')}
</main>
</body>
</html>
`;

function part(of: CardPart): string {
  if ('text' in of) return `<p>${escaped(of.text)}</p>`;
  if ('list' in of) return `<ul>\n${of.list.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
  const [head, ...rows] = of.rows;
  const body = rows.map(
    ([first, ...rest]) => `<tr><th scope="row">${escaped(first)}</th>${rest.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(of.title)}"><table><caption>${escaped(of.title)}</caption>
<thead><tr>${head.map((cell) => (cell === '' ? '<td></td>' : `<th scope="col">${escaped(cell)}</th>`)).join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? '');
