/** What is to be compared: says `bw-plan` whenever it is whole, and `bw-experiment` when it is to begin. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { outcomePrefix } from '../../serve/log/fields.js';
import type { ExperimentSpec } from '../../spec/experiment.js';
import type { Plan } from '../../stats/experiment/plan.js';
import { emit } from '../events.js';
import { count, counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { icon } from './icon.js';

/** A deployment with its loaded versions, the oldest first. */
export interface Comparable {
  name: string;
  versions: readonly number[];
}

export interface ExperimentWish {
  spec: ExperimentSpec;
  unitsPerDay?: number;
}

type Kind = ExperimentSpec['metric']['kind'];
const kinds: Record<Kind, { title: string; baseline: string; effect: string }> = {
  proportion: { title: 'Share of units that have it', baseline: 'Share now, in percent', effect: 'Difference worth finding, in points' },
  mean: { title: 'Sum of a unit', baseline: 'Mean now', effect: 'Difference worth finding' },
  ratio: { title: 'Mean of a request', baseline: 'Mean now', effect: 'Difference worth finding' },
};

@customElement('bw-experiment-form')
export class ExperimentForm extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      form { display: grid; gap: var(--space-4); }
      fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; }
      legend { font-size: var(--size-2); color: var(--text-soft); padding: 0 0 var(--space-2); }
      .options { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr)); gap: var(--space-3); }
      .tick { display: inline-flex; align-items: center; gap: var(--space-2); color: var(--text); font-size: var(--size-3); min-block-size: var(--touch); margin-inline-end: var(--space-3); }
      .primary { justify-self: start; min-block-size: 44px; }
    `,
  ];

  @property({ attribute: false }) deployments: readonly Comparable[] = [];
  @property({ attribute: false }) plan: Plan | undefined;
  /** Why what is filled in cannot be an experiment. */
  @property() problem = '';
  @property({ type: Boolean }) busy = false;
  @state() private chosen = '';
  @state() private kind: Kind = 'proportion';

  get #deployment(): Comparable | undefined {
    return this.deployments.find(({ name }) => name === this.chosen) ?? this.deployments[0];
  }

  protected override firstUpdated(): void {
    this.#change();
  }

  #read(): ExperimentWish | undefined {
    const form = this.renderRoot.querySelector('form');
    const deployment = this.#deployment;
    if (!form || !deployment || !form.checkValidity()) return undefined;
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const number = (name: string): number | undefined => (text(name) === '' ? undefined : Number(text(name)));
    const versions = data.getAll('version').map(Number);
    const scale = this.kind === 'proportion' ? 100 : 1;
    const margin = number('latency');
    const [deviation, unitsPerDay] = [number('deviation'), number('perDay')];
    const names = versions.map((version, index) =>
      index === 0 ? 'control' : versions.length === 2 ? 'treatment' : `treatment-${version}`,
    );
    const spec: ExperimentSpec = {
      name: text('name') || `${deployment.name}: ${text('event')}`,
      deployment: deployment.name,
      arms: versions.map((version, index) => ({ name: names[index], version, weight: 100 / versions.length })),
      metric: { column: `${outcomePrefix}${text('event')}`, kind: this.kind, better: text('better') as 'higher' | 'lower' },
      guardrails: margin === undefined ? [] : [{ column: 'latency', kind: 'ratio', better: 'lower', margin }],
      effect: (number('effect') ?? 0) / scale,
      expected: { baseline: (number('baseline') ?? 0) / scale, ...(deviation === undefined ? {} : { deviation }) },
      alpha: 0.05,
      power: 0.8,
      ...(data.get('before') ? { covariateDays: 14 } : {}),
      bandit: data.get('bandit') !== null,
    };
    return { spec, ...(unitsPerDay === undefined ? {} : { unitsPerDay }) };
  }

  #change(): void {
    const wish = this.#read();
    if (wish) emit<ExperimentWish>(this, 'bw-plan', wish);
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const wish = this.#read();
    if (wish) emit<ExperimentWish>(this, 'bw-experiment', wish);
  }

  override render() {
    const deployment = this.#deployment;
    if (!deployment) return nothing;
    const words = kinds[this.kind];
    return html`<form @submit=${this.#submit} @change=${() => void this.updateComplete.then(() => this.#change())}>
      <div class="options">
        <label>Deployment<select name="deployment" @change=${(event: Event) => {
          this.chosen = (event.target as HTMLSelectElement).value;
        }}>${this.deployments.map(({ name }) => html`<option ?selected=${name === deployment.name}>${name}</option>`)}</select></label>
        <label>Name<input name="name" maxlength="200" placeholder="automatic" /></label>
      </div>
      <fieldset><legend>Versions to compare; the oldest is the control</legend>
        ${keyed(
          deployment.name,
          deployment.versions.map(
            (version) =>
              html`<label class="tick"><input type="checkbox" name="version" value=${version} .defaultChecked=${true} />Version ${version}</label>`,
          ),
        )}</fieldset>
      <div class="options">
        <label>Event that is told of an answer<input name="event" required pattern="[\\w.\\-]{1,64}" .defaultValue=${'bought'} /><span class="hint">Letters, digits, “_”, “.” and “-”.</span></label>
        <label>Figure<select @change=${(event: Event) => {
          this.kind = (event.target as HTMLSelectElement).value as Kind;
        }}>${(Object.keys(kinds) as Kind[]).map((kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${kinds[kind].title}</option>`)}</select></label>
        <label>Better is<select name="better"><option value="higher">more</option><option value="lower">less</option></select></label>
        <label>${words.baseline}<input name="baseline" type="number" step="any" required .defaultValue=${'10'} /></label>
        ${this.kind === 'proportion' ? nothing : html`<label>Standard deviation of a unit<input name="deviation" type="number" step="any" min="0" required .defaultValue=${'5'} /></label>`}
        <label>${words.effect}<input name="effect" type="number" step="any" min="0" required .defaultValue=${'2'} /></label>
        <label>Units a day<input name="perDay" type="number" min="1" step="1" placeholder="unknown" /><span class="hint">Callers, or requests of those who do not say who they are.</span></label>
        <label>Slower by at most, in ms<input name="latency" type="number" step="any" min="0" placeholder="no guardrail" /></label>
      </div>
      <div><label class="tick"><input type="checkbox" name="before" />Use the 14 days before (CUPED)</label>
        <label class="tick"><input type="checkbox" name="bandit" />Give the better arm more (bandit)</label></div>
      ${
        this.problem
          ? html`<p class="hint bad" role="alert">${this.problem}</p>`
          : this.plan
            ? html`<p role="status">It takes <b>${counted(this.plan.total, 'unit')}</b> (${this.plan.units.map(count).join(' and ')})${this.plan.days === undefined ? '' : html`, about <b>${counted(this.plan.days, 'day')}</b>`} to find that difference four times out of five.</p>`
            : nothing
      }
      <button class="primary" ?disabled=${this.busy || this.problem !== ''}>${icon('play')} Divide callers and begin</button>
    </form>`;
  }
}
