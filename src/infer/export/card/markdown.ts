/** A model card in Markdown. Names from the data are text: nothing in them can become a heading, a link or HTML. */
import type { CardContents, CardPart } from './contents.js';

export const cardMarkdown = ({ title, lead, sections }: CardContents): string =>
  `${[`# ${plain(title)}`, plain(lead), ...sections.flatMap((section) => [`## ${plain(section.title)}`, ...section.parts.map(part)])].join('\n\n')}\n`;

function part(of: CardPart): string {
  if ('text' in of) return plain(of.text);
  if ('list' in of) return of.list.map((item) => `- ${plain(item)}`).join('\n');
  const [head, ...rows] = of.rows.map((cells) => `| ${cells.map(plain).join(' | ')} |`);
  return [`**${plain(of.title)}**`, '', head, `|${' --- |'.repeat(of.rows[0].length)}`, ...rows].join('\n');
}

/** Characters that Markdown would read, and line breaks. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|#~&]/g, '\\$&');
