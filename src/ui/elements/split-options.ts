/** How rows are divided, as far as it is set by hand. */
import { html, type TemplateResult } from 'lit';
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import type { TrainingSpec } from '../../spec/training.js';

const ways = { group: 'Keep together', time: 'By time', parts: 'As a column says' } as const;

/** @param target a column that cannot divide the rows */
export function splitOptions(fields: readonly Field[], target: string): TemplateResult {
  const others = fields.filter(({ name, type }) => name !== target && type !== 'picture');
  const offered: [keyof typeof ways, readonly Field[]][] = [
    ['group', others],
    ['time', others.filter(({ type }) => isNumeric(type))],
    ['parts', others.filter(({ type, distinct }) => type === 'category' && distinct <= 6)],
  ];
  return html`<label>How rows are divided<select name="divide"><option value="">Automatic</option>
      ${offered.flatMap(([way, columns]) => columns.map(({ name }) => html`<option value="${way}:${name}">${ways[way]}: ${name}</option>`))}
    </select><span class="hint">Automatic is at random, or as the source has it. Keep together what belongs to one person or thing; by time, the latest rows test.</span></label>
    <label>Test rows, in %<input name="test" type="number" inputmode="numeric" placeholder="automatic" min="1" max="80" step="1" /><span class="hint">Used once, at the end.</span></label>
    <label>Equal rows in two parts<select name="duplicates"><option value="">Tell of them</option><option value="drop">Leave them out of the test</option></select></label>`;
}

/** What was chosen; nothing where all is left as it is. */
export function readSplit(data: FormData): Pick<TrainingSpec, 'split'> {
  const [, way, column] = /^(group|time|parts):(.*)$/s.exec(String(data.get('divide') ?? '')) ?? [];
  const test = Number(data.get('test') || 0) / 100;
  const split: NonNullable<TrainingSpec['split']> = {
    ...(way === undefined ? {} : { [way]: column }),
    ...(test > 0 ? { test, ...(test > 0.5 ? { validation: (1 - test) / 5 } : {}) } : {}),
    ...(data.get('duplicates') === 'drop' ? { duplicates: 'drop' as const } : {}),
  };
  return Object.keys(split).length > 0 ? { split } : {};
}
