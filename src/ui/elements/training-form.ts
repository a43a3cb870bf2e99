/** What to learn and how: everything but the target may stay automatic. Says `bw-train` with the spec, or `bw-find-rate` with it. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type DevicePreference, deviceNames } from '../../spec/device-name.js';
import type { Field } from '../../spec/field.js';
import { hasTexts, type Preset, presetsFor } from '../../spec/preset.js';
import type { Task } from '../../spec/task.js';
import type { TrainingSpec } from '../../spec/training.js';
import { emit } from '../events.js';
import { counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { presetWords, taskWords, typeWords } from '../words.js';
import { type ExtractorRefusal, extractorControl, extractorOptions, type OfferedExtractor, readExtractor } from './extractor-options.js';
import { forecastOptions, readForecast } from './forecast-options.js';
import { icon } from './icon.js';
import { type AutomaticValues, numberOption, numberOptions, readNumbers } from './number-option.js';
import type { RateStanding } from './rate-finder.js';
import { readSplit, splitOptions } from './split-options.js';
import { readTaskOptions, taskOptions } from './task-options.js';
import './rate-curve.js';
import './rate-finder.js';

const deviceWords: Record<DevicePreference, string> = {
  auto: 'Fastest, by measuring',
  webgpu: 'GPU (WebGPU)',
  webgl: 'GPU (WebGL)',
  wasm: 'Processor (WebAssembly)',
  cpu: 'Processor (JavaScript)',
};

@customElement('bw-training-form')
export class TrainingForm extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      form { display: grid; gap: var(--space-4); grid-template-columns: minmax(0, 1fr); }
      fieldset { border: 1px solid var(--line); border-radius: var(--radius-small); margin: 0; padding-inline: var(--space-3); min-inline-size: 0; }
      legend { font-size: var(--size-2); color: var(--text-soft); padding-inline: var(--space-1); }
      .options { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(190px, 100%), 1fr)); gap: var(--space-4) var(--space-3); padding-block: var(--space-2); }
      .options fieldset, .whole { grid-column: 1 / -1; }
      .primary { justify-self: start; min-inline-size: 150px; min-block-size: 44px; }
      .decided { font-size: var(--size-2); }
      @media (max-width: 720px) { .primary { justify-self: stretch; } }
    `,
  ];

  @property({ attribute: false }) fields: readonly Field[] = [];
  @property() target = '';
  /** The task that the target leads to, and why. */
  @property({ attribute: false }) decided: { task: Task; reason: string } | undefined;
  /** Why the target cannot be learnt; the button is off meanwhile. */
  @property({ attribute: false }) refused: string | undefined;
  /** What is decided by itself, by preset. */
  @property({ attribute: false }) automatic: ReadonlyMap<Preset, AutomaticValues> = new Map();
  @property() device: DevicePreference = 'auto';
  @property({ type: Boolean }) busy = false;
  /** How a search for a learning rate stands; left out where there was none. */
  @property({ attribute: false }) rates: RateStanding | undefined;
  /** What can read pictures for the preset `transfer`; the first is taken where none is chosen. */
  @property({ attribute: false }) extractors: readonly OfferedExtractor[] = [];
  /** The form shows it where it can be mended: a new one takes the focus there. */
  @property({ attribute: false }) refusedExtractor: ExtractorRefusal | undefined;
  @query('form') private readonly form!: HTMLFormElement;
  @state() private task: Task | '' = '';
  @state() private preset: Preset = 'auto';
  @state() private extractor = '';

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('refusedExtractor') || !this.refusedExtractor) return;
    const control = this.form.elements.namedItem(extractorControl(this.refusedExtractor.field));
    if (!(control instanceof HTMLElement)) return;
    const options = control.closest('details');
    if (options) options.open = true;
    control.focus();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    emit<TrainingSpec>(this, 'bw-train', this.#spec());
  }

  /** What was filled in. */
  #spec(): TrainingSpec {
    const data = new FormData(this.form);
    const spec: TrainingSpec = {
      target: this.target,
      ...readNumbers(data),
      ...readSplit(data),
      ...readTaskOptions(data),
      ...readExtractor(data),
      device: data.get('device') as DevicePreference,
    };
    if (this.#preset !== 'auto') spec.preset = this.#preset;
    if (this.task) spec.task = this.task;
    if (this.#isForecast) Object.assign(spec, readForecast(data));
    return spec;
  }

  #findRate(event: Event): void {
    event.stopPropagation();
    if (this.form.reportValidity()) emit<TrainingSpec>(this, 'bw-find-rate', this.#spec());
  }

  #useRate({ detail: rate }: CustomEvent<number>): void {
    (this.form.elements.namedItem('learningRate') as HTMLInputElement).value = String(rate);
  }

  /** Those that fit the columns. */
  get #presets(): readonly Preset[] {
    return presetsFor({
      pictures: this.fields.some(({ type }) => type === 'picture'),
      series: this.#isForecast,
      texts: hasTexts(this.fields, this.target),
      task: this.decided?.task,
    });
  }

  get #isForecast(): boolean {
    return this.decided?.task === 'forecast';
  }

  /** What was chosen for another task does not count for this one. */
  get #preset(): Preset {
    return this.#presets.includes(this.preset) ? this.preset : 'auto';
  }

  #chooseTask(event: Event): void {
    this.task = (event.target as HTMLSelectElement).value as Task | '';
    emit(this, 'bw-task', this.task || undefined);
  }

  override render() {
    return html`<form @submit=${this.#submit}>
      <label>${this.task === 'anomaly' ? 'Known labels, to judge by' : 'Column to predict'}
        <select @change=${(event: Event) => emit(this, 'bw-target', (event.target as HTMLSelectElement).value)}>
          ${this.task === 'anomaly' ? html`<option value="" ?selected=${this.target === ''}>none</option>` : nothing}${this.fields.filter(({ type }) => type !== 'picture').map(({ name, type, distinct }) => html`<option value=${name} ?selected=${name === this.target}>${name} · ${typeWords[type]}, ${counted(distinct, 'distinct value')}</option>`)}
        </select>
      </label>
      ${this.decided ? html`<p class="decided" role="status">${taskWords[this.decided.task].learns} <span class="soft">${this.decided.reason}</span></p>` : nothing}
      ${this.refused ? html`<p class="hint bad" role="alert">${this.refused}</p>` : nothing}
      ${this.#isForecast ? forecastOptions(this.fields, this.target) : nothing}
      <details><summary>Options</summary><p class="hint">Left as they are, all of these are decided from the data; the grey figures say how.</p><div class="options">${this.#options()}</div>
        <bw-rate-finder .standing=${this.rates} ?disabled=${this.busy || Boolean(this.refused)} @bw-rate-search=${this.#findRate} @bw-rate-use=${this.#useRate}></bw-rate-finder></details>
      <button class="primary" ?disabled=${this.busy || Boolean(this.refused)}>${icon('play')} ${this.busy ? 'Starting…' : 'Train'}</button>
    </form>`;
  }

  #options() {
    return html`
      <label>Task<select @change=${this.#chooseTask}><option value="">Automatic</option>${Object.entries(taskWords).map(([task, { title }]) => html`<option value=${task}>${title}</option>`)}</select></label>
      <label>Model<select @change=${(event: Event) => {
        this.preset = (event.target as HTMLSelectElement).value as Preset;
      }}>${this.#presets.map((preset) => html`<option value=${preset} ?selected=${preset === this.#preset}>${presetWords[preset]}</option>`)}</select>
        <span class="hint">Automatic trains the linear model and a larger one, and keeps the better.</span></label>
      ${this.#preset === 'transfer' ? this.#extractorOptions() : nothing}
      ${taskOptions(this.decided?.task, this.target !== '')}
      ${splitOptions(this.fields, this.target)}
      ${numberOptions.map((option) => numberOption(option, this.automatic.get(this.#preset) ?? {}))}
      <label>Device<select name="device">${(['auto', ...deviceNames] as const).map((device) => html`<option value=${device} ?selected=${device === this.device}>${deviceWords[device]}</option>`)}</select></label>`;
  }

  #extractorOptions() {
    const chosen = this.extractors.find(({ model }) => model === this.extractor) ?? this.extractors[0];
    if (!chosen) return nothing;
    return extractorOptions(this.extractors, chosen, this.refusedExtractor, (model) => {
      this.extractor = model;
      this.refusedExtractor = undefined;
    });
  }
}
