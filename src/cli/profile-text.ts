/** A profile for people: what says most of the target, and what to do about what was found. */
import type { Profile } from '../spec/profile.js';
import { aligned } from './table-text.js';

const mostColumns = 15;

const measures: Readonly<Record<string, string>> = {
  spearman: 'Spearman',
  'correlation-ratio': 'correlation ratio',
  'correlation-ratio-ranks': 'correlation ratio of ranks',
  'correlation-ratio-bins': 'correlation ratio in bins',
  'cramers-v': "Cramér's V",
  'cramers-v-bins': "Cramér's V in bins",
};

export function profileText(profile: Profile): string {
  const { target, columns, findings, targets, sampled, rows } = profile;
  const lines: string[] = [];
  const [likeliest, ...others] = targets;
  if (likeliest) {
    const runnersUp = others.length > 0 ? ` Also possible: ${others.map(({ name }) => name).join(', ')}.` : '';
    lines.push('', `Likely target: ${likeliest.name}. ${likeliest.reason}${runnersUp}`);
  }
  const strongest = columns
    .filter(({ association }) => association)
    .sort((a, b) => (b.association?.value ?? 0) - (a.association?.value ?? 0));
  if (target !== undefined && strongest.length > 0) {
    const sample = sampled < rows ? `, measured on ${sampled} rows drawn at random` : '';
    lines.push('', `What says most of ${target}, from 0 to 1${sample}:`);
    const shown = strongest.slice(0, mostColumns).map(({ name, association, alone }) => {
      const by = alone ? `${alone.metric === 'r2' ? 'R²' : 'accuracy'} ${alone.score.toFixed(2)}` : '';
      return [name, association?.value.toFixed(3) ?? '', measures[association?.measure ?? ''] ?? '', by];
    });
    lines.push(aligned([['column', 'association', 'measure', 'alone'], ...shown]));
    if (strongest.length > mostColumns) lines.push(`… and ${strongest.length - mostColumns} columns more`);
  }
  const words = { bad: 'Problem', warn: 'Warning', note: 'Note' } as const;
  for (const { severity, message, advice } of findings) lines.push('', `${words[severity]}: ${message} ${advice}`);
  return lines.join('\n');
}
