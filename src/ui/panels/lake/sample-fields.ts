/** How many of the rows: all, so many, or a share; the same ones for the same seed. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LakeSample } from '../../../spec/lake.js';

type Kind = 'all' | 'rows' | 'share';

export function sampleFields(
  sample: LakeSample | undefined,
  rows: number,
  disabled: boolean,
  change: (sample: LakeSample | undefined) => void,
): TemplateResult {
  const kind: Kind = sample === undefined ? 'all' : sample.rows === undefined ? 'share' : 'rows';
  const seed = sample?.seed ?? 0;
  const choose = (wanted: Kind): void =>
    change(wanted === 'all' ? undefined : wanted === 'rows' ? { rows: Math.min(10_000, rows), seed } : { share: 0.1, seed });
  const number = (event: Event): number => Number((event.target as HTMLInputElement).value);
  const amount = (event: Event): void => {
    const value = number(event);
    if (kind === 'rows' && Number.isInteger(value) && value >= 1) change({ rows: value, seed });
    if (kind === 'share' && value > 0 && value <= 100) change({ share: value / 100, seed });
  };
  return html`<div class="sample">
    <label>How many<select ?disabled=${disabled} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Kind)}>
      <option value="all" ?selected=${kind === 'all'}>All of them</option>
      <option value="rows" ?selected=${kind === 'rows'}>A sample of so many</option>
      <option value="share" ?selected=${kind === 'share'}>A share of them</option>
    </select></label>
    ${
      sample
        ? html`<label>${kind === 'rows' ? 'Rows' : 'Per cent'}<input type="number" min="1" step=${kind === 'rows' ? 1 : 'any'} max=${kind === 'rows' ? nothing : 100} ?disabled=${disabled}
        .value=${String(kind === 'rows' ? sample.rows : Number(((sample.share ?? 0) * 100).toFixed(4)))} @change=${amount} /></label>
      <label>Seed<input type="number" min="0" step="1" .value=${String(seed)} ?disabled=${disabled}
        @change=${(event: Event) => Number.isInteger(number(event)) && number(event) >= 0 && change({ ...sample, seed: number(event) })} /></label>`
        : nothing
    }
  </div>`;
}
