/** What to try: fields with their values, the method, and how many. Says `bw-sweep` with both specs. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SweepField, SweepSpec } from '../../spec/sweep.js';
import type { TrainingSpec } from '../../spec/training.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { offeredFields, readField } from '../sweeps/field-text.js';
import { icon } from './icon.js';

export interface SweepWish {
  spec: TrainingSpec;
  sweep: SweepSpec;
}

type Method = SweepSpec['method'];

const methodWords: Record<Method, { title: string; hint: string }> = {
  random: { title: 'Random', hint: 'Draws combinations; each is trained to its end.' },
  successiveHalving: {
    title: 'Successive halving',
    hint: 'Draws many, gives all a few epochs, and takes the best third on, again and again.',
  },
  grid: { title: 'Every combination', hint: 'Of a range, five values are taken.' },
};

@customElement('bw-sweep-form')
export class SweepForm extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      form { display: grid; gap: var(--space-4); }
      fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: var(--space-2); min-inline-size: 0; }
      legend { font-size: var(--size-2); color: var(--text-soft); padding: 0 0 var(--space-2); }
      .field { display: grid; grid-template-columns: minmax(150px, 200px) minmax(0, 1fr); gap: var(--space-1) var(--space-3); align-items: center; }
      .field label { display: inline-flex; align-items: center; gap: var(--space-2); color: var(--text); font-size: var(--size-3); min-block-size: var(--touch); }
      .field .hint { grid-column: 2; }
      .field input:disabled { background: var(--surface-sunk); color: var(--text-soft); border-color: var(--line); }
      .options { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(190px, 100%), 1fr)); gap: var(--space-3); }
      .primary { justify-self: start; min-inline-size: 150px; min-block-size: 44px; }
      @media (max-width: 560px) { .field { grid-template-columns: minmax(0, 1fr); } .field .hint { grid-column: 1; } .primary { justify-self: stretch; } }
    `,
  ];

  @property() target = '';
  @property({ type: Boolean }) busy = false;
  @state() private method: Method = 'random';
  @state() private chosen: ReadonlySet<string> = new Set(['learningRate', 'hiddenUnits', 'dropout']);
  @state() private problems: ReadonlyMap<string, string> = new Map();

  #toggle(field: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(field)) chosen.add(field);
    this.chosen = chosen;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const problems = new Map<string, string>();
    const fields: SweepField[] = [];
    for (const offered of offeredFields.filter(({ field }) => this.chosen.has(field))) {
      const read = readField(offered, String(data.get(offered.field)), this.method);
      if (typeof read === 'string') problems.set(offered.field, read);
      else fields.push(read);
    }
    if (fields.length === 0 && problems.size === 0) problems.set('', 'Tick at least one field to try values of.');
    this.problems = problems;
    if (problems.size > 0) return;
    const number = (name: string): number | undefined => (data.get(name) ? Number(data.get(name)) : undefined);
    const [epochs, seed, trials] = [number('epochs'), number('seed'), number('trials') ?? 20];
    const spec: TrainingSpec = {
      target: this.target,
      ...(epochs === undefined ? {} : { epochs }),
      ...(seed === undefined ? {} : { seed }),
    };
    if (!fields.some(({ field }) => field === 'preset')) spec.preset = 'mlp';
    const sweep: SweepSpec = this.method === 'grid' ? { method: 'grid', fields } : { method: this.method, trials, fields };
    emit<SweepWish>(this, 'bw-sweep', { spec, sweep });
  }

  override render() {
    return html`<form @submit=${this.#submit}>
      <fieldset><legend>Values to try: with commas between, or a range such as 0.001 to 0.1</legend>
        ${offeredFields.map(({ field, title, usual }) => {
          const isChosen = this.chosen.has(field);
          const problem = this.problems.get(field);
          return html`<div class="field"><label><input type="checkbox" .checked=${isChosen} @change=${() => this.#toggle(field)} />${title}</label>
            <input name=${field} aria-label="Values of ${title}" .defaultValue=${usual} ?disabled=${!isChosen} aria-invalid=${problem ? 'true' : nothing} />
            ${problem ? html`<span class="hint bad" role="alert">${problem}</span>` : nothing}</div>`;
        })}
        ${this.problems.has('') ? html`<p class="hint bad" role="alert">${this.problems.get('')}</p>` : nothing}
      </fieldset>
      <div class="options">
        <label>How<select @change=${(event: Event) => {
          this.method = (event.target as HTMLSelectElement).value as Method;
        }}>${(Object.keys(methodWords) as Method[]).map((method) => html`<option value=${method} ?selected=${method === this.method}>${methodWords[method].title}</option>`)}</select>
          <span class="hint">${methodWords[this.method].hint}</span></label>
        ${this.method === 'grid' ? nothing : html`<label>Trials<input name="trials" type="number" min="1" max="1000" step="1" .defaultValue=${'20'} /></label>`}
        <label>Epochs, at most<input name="epochs" type="number" min="1" max="100000" step="1" placeholder="automatic" /></label>
        <label>Seed<input name="seed" type="number" min="0" max="4294967295" step="1" placeholder="0" /><span class="hint">The same seed gives the same winner.</span></label>
      </div>
      <button class="primary" ?disabled=${this.busy}>${icon('play')} ${this.busy ? 'Starting…' : 'Begin the sweep'}</button>
    </form>`;
  }
}
