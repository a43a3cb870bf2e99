/** One experiment: live while it runs, its arms, its guardrails, what is to be done, and the buttons that do it. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ExperimentResult, Experiments, GuardrailResult, MetricResult, Verdict } from '../../../serve/experiment/experiments.js';
import type { ExperimentRecord } from '../../../spec/experiment.js';
import { Live } from '../../contexts/live.js';
import { experimentsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { icon } from '../../elements/icon.js';
import type { Tone } from '../../elements/notice.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { Every } from '../../every.js';
import { count, counted, moment, percentage } from '../../format.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { differenceText, experimentStatus, metricFigure, metricTitle, pValueText, pValueWords, relativeText } from './metric-words.js';
import '../../elements/confirm-dialog.js';
import '../../elements/interval-plot.js';
import '../../elements/notice.js';

/** Milliseconds between looks at one that runs. */
const between = 2_000;
/** A log is read from its beginning: not as often as units that are made up. */
const betweenReadings = 10_000;

const tones: Record<Verdict['kind'], Tone> = {
  interrupted: 'warn',
  mismatch: 'bad',
  harm: 'bad',
  winner: 'good',
  none: 'neutral',
  waiting: 'neutral',
};
const guardrailWords = {
  harm: { title: 'worse than allowed', tone: 'bad' },
  safe: { title: 'safe', tone: 'good' },
  unknown: { title: 'not sure yet', tone: '' },
};

interface Whole {
  record: ExperimentRecord;
  result: ExperimentResult;
}

@customElement('bw-experiment-panel')
export class ExperimentPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    css`
      .simulated { font-size: var(--size-5); font-weight: 700; letter-spacing: 0.18em; text-transform: uppercase; color: var(--warn); border: 2px dashed currentColor; border-radius: var(--radius); padding: var(--space-2) var(--space-4); text-align: center; overflow-wrap: anywhere; }
      progress { margin-block-start: var(--space-2); }
    `,
  ];

  @property() item = '';
  @consume({ context: experimentsContext }) private readonly experiments!: Experiments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  /** The arm that is asked about before everybody is sent to it. */
  @state() private asked = '';
  @query('bw-confirm-dialog') private readonly dialog!: ConfirmDialog;

  readonly #whole = new Live<Whole>(this, { load: () => this.#load(), kinds: ['experiment'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => this.#record?.name ?? 'Experiment');
    new Every(
      this,
      () => (this.#record && !this.#record.simulated ? betweenReadings : between),
      () => this.#look(),
    );
  }

  get #record(): ExperimentRecord | undefined {
    return this.#whole.value?.record;
  }

  async #load(): Promise<Whole> {
    const [record, result] = await Promise.all([this.experiments.get(this.item), this.experiments.result(this.item)]);
    return { record, result };
  }

  async #look(): Promise<void> {
    if (this.#record?.status !== 'running') return;
    // A bandit's weights move whenever enough units have come; where they do, the record says so and is read again.
    if (this.#record.spec.bandit) await this.experiments.reweigh(this.item).catch(() => false);
    await this.#whole.reload();
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  #ask(arm: string): void {
    this.asked = arm;
    void this.updateComplete.then(() => this.dialog.open());
  }

  async #remove({ id, name }: ExperimentRecord): Promise<void> {
    if (await removeWithUndo(this.experiments, this.toasts, id, name)) location.hash = '#/experiments';
  }

  override render() {
    const { value, problem } = this.#whole;
    if (!value && problem) return cannotBeShown('experiment', problem, { href: '#/experiments', title: 'All experiments' });
    if (!value) return loading('Experiment');
    const { record, result } = value;
    return html`<div class="page">${this.#header(record)}
      ${record.simulated ? html`<p class="simulated">Simulated</p>` : nothing}
      ${problem ? problemNotice(problem) : nothing}
      ${this.#verdict(record, result)}
      ${this.#arms(record, result)}
      ${this.#metric(result.metric, result)}
      ${result.guardrails.map((guardrail) => this.#guardrail(guardrail, result))}
      <bw-confirm-dialog heading="All callers to “${this.asked}”?" action="Send them all"
        message=${record.simulated ? 'This experiment is simulated: nobody is sent anywhere. It ends here.' : `Everybody who asks “${record.spec.deployment}” is answered by this arm at once, and the experiment ends.`}
        @bw-confirm=${() => this.#do(() => this.experiments.decide(record.id, this.asked))}></bw-confirm-dialog>
    </div>`;
  }

  #header(record: ExperimentRecord) {
    const { spec, status, created, ended } = record;
    const { title, tone } = experimentStatus[status];
    const running = status === 'running';
    return html`<header class="page-header">
      <div><h1 tabindex="-1">${record.name}</h1>
        <p class="lead">${spec.deployment} · since ${moment(created)}${ended === undefined ? '' : `, until ${moment(ended)}`} <span class="chip ${tone}">${title}</span>${spec.bandit ? html` <span class="chip">bandit</span>` : nothing}</p></div>
      <div class="row">
        <button type="button" class="quiet" @click=${() => this.#remove(record)}>${icon('remove')} Delete</button>
        ${running ? html`<button type="button" @click=${() => this.#do(() => this.experiments.stop(record.id))}>${icon('stop')} Stop</button>` : nothing}
        ${status === 'decided' ? nothing : html`<button type="button" class="danger" @click=${() => this.#ask(spec.arms[0].name)}>Roll back to “${spec.arms[0].name}”</button>`}
      </div></header>`;
  }

  #verdict(record: ExperimentRecord, { verdict, units, planned }: ExperimentResult) {
    if (record.decision) {
      return html`<bw-notice tone="good" .message=${`Decided: all callers go to “${record.decision.arm}”.`} .advice=${record.decision.message}></bw-notice>`;
    }
    const { arm } = verdict;
    const isControl = arm === record.spec.arms[0].name;
    return html`<section class="card" aria-label="What is to be done"><bw-notice .tone=${tones[verdict.kind]} .message=${verdict.message} aria-live="polite">
        ${verdict.kind === 'winner' && arm !== undefined ? html`<button type="button" class="primary" @click=${() => this.#ask(arm)}>${isControl ? 'Keep' : 'Roll out'} “${arm}”</button>` : nothing}</bw-notice>
      <div><p class="small soft">${count(units)} of ${count(planned)} planned units</p><progress max=${planned} value=${Math.min(planned, units)} aria-label="Planned units that have come"></progress></div></section>`;
  }

  #arms({ spec }: ExperimentRecord, { arms, division, crossed, metric }: ExperimentResult) {
    return html`<section class="card" aria-labelledby="arms"><h2 id="arms">Who got what</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Arms"><table>
        <thead><tr><th scope="col">Arm</th><th scope="col" class="number">Version</th><th scope="col" class="number">Weight</th><th scope="col" class="number">Units</th><th scope="col" class="number">${metricTitle(spec.metric)}</th></tr></thead>
        <tbody>${arms.map(
          (
            { name, version, weight, units },
            index,
          ) => html`<tr><th scope="row">${name}${index === 0 ? html` <span class="chip">control</span>` : nothing}</th>
          <td class="number">${version}</td><td class="number">${percentage(weight / 100)}</td><td class="number">${count(units)}</td><td class="number">${units === 0 ? '–' : metricFigure(spec.metric, metric.means[index])}</td></tr>`,
        )}</tbody></table></div>
      <p class="small soft">${division.pValue === undefined ? 'Too few units to tell whether they are divided as the weights say.' : `Divided as the weights say: ${division.mismatch ? 'no' : 'nothing speaks against it'} (sample-ratio mismatch, ${pValueWords(division.pValue)}).`}${crossed > 0 ? ` ${counted(crossed, 'unit')} came to more than one arm and count in the first.` : ''}</p></section>`;
  }

  #metric(metric: MetricResult, result: ExperimentResult) {
    return html`<section class="card" aria-labelledby="metric"><h2 id="metric">Difference in the ${metricTitle(metric.metric)}</h2>
      ${metric.explained === undefined ? nothing : html`<p class="small soft">What is known of each unit from before takes ${percentage(metric.explained)} of the variance away.</p>`}
      ${this.#comparisons(metric, result)}</section>`;
  }

  #guardrail(guardrail: GuardrailResult, result: ExperimentResult) {
    const { metric, margin, states } = guardrail;
    const id = `guardrail-${metric.column.replaceAll(/\W/g, '-')}`;
    return html`<section class="card" aria-labelledby=${id}><h2 id=${id}>Guardrail: ${metricTitle(metric)}</h2>
      <p class="small soft">May become ${metric.better === 'lower' ? 'larger' : 'smaller'} by at most ${differenceText(metric, margin).replace('+', '')}.
        ${states.map((each, index) => html`<span class="chip ${guardrailWords[each].tone}">${result.arms[index + 1].name}: ${guardrailWords[each].title}</span> `)}</p>
      ${this.#comparisons(guardrail, result)}</section>`;
  }

  #comparisons({ metric, comparisons }: MetricResult, { arms }: ExperimentResult) {
    const known = comparisons.flatMap((comparison, index) => (comparison ? [{ name: arms[index + 1].name, ...comparison }] : []));
    if (known.length === 0) return html`<p class="soft">Intervals come once two arms have a hundred units each.</p>`;
    const interval = ({ lower, upper }: { lower: number; upper: number }) =>
      `${differenceText(metric, lower)} to ${differenceText(metric, upper)}`;
    return html`<bw-interval-plot .what=${`Difference from “${arms[0].name}”`} .intervals=${known}></bw-interval-plot>
      <div class="scroll" tabindex="0" role="region" aria-label="Differences from the control"><table>
        <thead><tr><th scope="col">Arm</th><th scope="col" class="number">Difference</th><th scope="col" class="number">Relative, once</th><th scope="col" class="number">Always valid</th><th scope="col" class="number">Looked at once</th><th scope="col" class="number">p, once</th></tr></thead>
        <tbody>${known.map(
          ({
            name,
            difference,
            relative,
            always,
            fixed,
            pValue,
          }) => html`<tr><th scope="row">${name}</th><td class="number">${differenceText(metric, difference)}</td>
          <td class="number">${relative === undefined ? '–' : relativeText(relative)}</td><td class="number">${interval(always)}</td><td class="number">${interval(fixed)}</td><td class="number">${pValueText(pValue)}</td></tr>`,
        )}</tbody></table></div>`;
  }
}
