/** One sweep: live while it runs, wherever it was begun; afterwards its trials and the winner. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SweepRecord, TrialRecord } from '../../../spec/sweep-record.js';
import type { Sweeps } from '../../../train/sweeps/sweeps.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { sweepsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted, moment } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { SweepJob, workOnSweep } from '../../jobs/sweep-job.js';
import { Follow } from '../../observable.js';
import { axesOf } from '../../sweeps/axes.js';
import { fieldTitle } from '../../sweeps/field-text.js';
import { figureOf, ranked } from '../../sweeps/ranking.js';
import { metricWords, statusWords } from '../../words.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { incidentList } from '../run/incident-list.js';
import { trialsTable, trialWords, valueText } from './trials-table.js';
import '../../elements/line-chart.js';
import '../../elements/notice.js';
import '../../elements/parallel-coordinates.js';
import '../../elements/progress-line.js';

const colors = ['--series-1', '--series-2', '--series-3', '--series-4'];
const broken = [6, 4];
/** Curves in one picture. */
const mostCurves = 8;

interface Whole {
  record: SweepRecord;
  trials: TrialRecord[];
}

@customElement('bw-sweep-panel')
export class SweepPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    css`
      .trials { max-block-size: 420px; }
      .trials thead th { position: sticky; inset-block-start: 0; background: var(--surface); z-index: 1; }
      tr[aria-current] > * { background: var(--accent-soft); }
      tr[aria-current] .chip { background: var(--surface); }
      .trials th[scope='row'] { white-space: nowrap; }
    `,
  ];

  @property() item = '';
  @consume({ context: sweepsContext }) private readonly sweeps!: Sweeps;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private looked = 0;
  #wasActive = false;

  readonly #stored = new Live<Whole>(this, { load: () => this.#load(), kinds: ['sweep'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => `Sweep: ${this.#whole?.record.name ?? ''}`);
    new Follow(this, () => this.#job);
    new Follow(this, () => this.jobs);
  }

  protected override updated(): void {
    const active = this.#job?.active ?? false;
    // The last record is read once nobody works on it any more: until then it would say that it is running.
    if (this.#wasActive && !active) void this.#stored.reload();
    this.#wasActive = active;
  }

  get #job(): SweepJob | undefined {
    return workOnSweep(this.jobs, this.item);
  }

  async #load(): Promise<Whole> {
    return { record: await this.sweeps.get(this.item), trials: await this.sweeps.trials(this.item) };
  }

  get #whole(): Whole | undefined {
    const job = this.#job;
    return job?.active && job.record ? { record: job.record, trials: job.trials } : this.#stored.value;
  }

  #resume(record: SweepRecord): void {
    const request = {
      dataset: record.dataset.id,
      spec: record.spec,
      sweep: record.sweep,
      resume: record.id,
      ...(record.testDataset === undefined ? {} : { testDataset: record.testDataset }),
    };
    void this.jobs.run(new SweepJob(this.sweeps, request, `Sweep on ${record.dataset.name}`));
  }

  async #remove({ id, name }: SweepRecord): Promise<void> {
    if (await removeWithUndo(this.sweeps, this.toasts, id, name)) location.hash = '#/train';
  }

  override render() {
    const job = this.#job;
    const whole = this.#whole;
    const problem = job?.state === 'failed' ? job.problem : this.#stored.problem;
    if (!whole && problem) return cannotBeShown('sweep', problem, { href: '#/train', title: 'All runs' });
    if (!whole) return loading('Sweep');
    const { record } = whole;
    const metric = metricWords(record.task).find(({ name }) => name === record.metric)?.title ?? record.metric;
    const trials = ranked(whole.trials, record.metric);
    const leader = job?.active ? job.leader : (record.winner ?? (figureOf(trials[0]) === null ? undefined : trials[0]?.number));
    return html`<div class="page">${this.#header(record, job)}
      ${job?.state === 'failed' ? problemNotice(job.problem) : nothing}
      ${this.#standing(record, job)}
      <section class="card" aria-labelledby="lines"><h2 id="lines">Values and ${metric} on validation rows</h2>
        ${this.#coordinates(whole.trials, trials, record.metric, metric)}</section>
      <section class="card" aria-labelledby="trials"><h2 id="trials">Trials</h2>
        ${trialsTable({ trials, metric, leader, looked: this.looked, active: job?.active ?? record.status === 'running', look: (trial) => this.#look(trial) })}</section>
      ${this.#curves(trials)}
      ${incidentList(whole.trials.flatMap(({ number, incidents = [] }) => incidents.map((incident) => ({ ...incident, of: `Trial ${number}` }))))}
    </div>`;
  }

  #look(trial: number): void {
    this.looked = trial;
  }

  #header(record: SweepRecord, job: SweepJob | undefined) {
    const active = job?.active ?? false;
    const goesOn = !active && (record.status === 'interrupted' || record.status === 'failed');
    const { title, tone } = active ? statusWords.running : statusWords[record.status];
    return html`<header class="page-header">
      <div><h1 tabindex="-1">Sweep: ${record.name}</h1>
        <p class="lead">${counted(record.trials, 'trial')}${record.rungs.length > 1 ? `, compared at ${record.rungs.join(', ')} epochs` : ''} · ${moment(record.created)} · seed ${record.seed} <span class="chip ${tone}">${title}</span></p></div>
      <div class="row">
        ${active ? html`<button type="button" class="quiet" @click=${() => job?.cancel()}>Cancel</button>` : html`<button type="button" class="quiet" @click=${() => this.#remove(record)}>${icon('remove')} Delete</button>`}
        ${active && job ? html`<button type="button" ?disabled=${job.stopping || job.leader === undefined} @click=${() => job.stopAndTakeTheBest()}>${icon('stop')} Stop, take the best</button>` : nothing}
        ${goesOn ? html`<button type="button" class="primary" @click=${() => this.#resume(record)}>${icon('play')} Resume</button>` : nothing}
        ${!active && record.run && record.winner ? html`<a class="button primary" href="#/runs/${record.run}">The winner's run</a>` : nothing}
      </div></header>`;
  }

  #standing(record: SweepRecord, job: SweepJob | undefined) {
    if (job?.active) {
      return html`<section class="card" aria-label="How it stands"><bw-progress-line .label=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line></section>`;
    }
    if (record.status === 'running')
      return html`<bw-notice message="This sweep is at work in another tab." advice="Its trials come here when it has ended."></bw-notice>`;
    if (record.status === 'interrupted')
      return html`<bw-notice tone="warn" message="Interrupted." advice="Resume goes on exactly where every trial stood, and ends with the same winner."></bw-notice>`;
    if (record.status === 'failed')
      return html`<bw-notice tone="bad" .message=${record.problem ?? 'The sweep failed.'} advice="What its trials came to is kept."></bw-notice>`;
    return html`<bw-notice tone="good" .message=${`Trial ${record.winner} won, was trained anew and tested once.`} advice="Its figure here is the best of many and too good by that; what it is worth stands in its run."></bw-notice>`;
  }

  #coordinates(trials: readonly TrialRecord[], best: readonly TrialRecord[], metric: string, title: string) {
    const judged = trials.filter((trial) => figureOf(trial) !== null);
    if (judged.length === 0) return html`<p class="soft">Lines come here as trials end.</p>`;
    const numbers = new Set(judged.map(({ number }) => number));
    const ranking = best.map(({ number }) => number).filter((number) => numbers.has(number));
    const looked = judged.find(({ number }) => number === this.looked);
    const words = looked
      ? `Trial ${looked.number}, ${ranking.indexOf(looked.number) + 1} of ${ranking.length}: ${Object.entries(looked.values)
          .map(([name, value]) => `${fieldTitle(name)} ${valueText(value)}`)
          .join(', ')}; ${title} ${valueText(figureOf(looked) ?? undefined)}, ${trialWords[looked.status].title}.`
      : '';
    return html`<bw-parallel-coordinates .axes=${axesOf(judged, { name: metric, title })} .trials=${judged.map(({ number }) => number)} .ranking=${ranking}
      .looked=${this.looked} .words=${words} @bw-trial=${(event: CustomEvent<number>) => this.#look(event.detail)}></bw-parallel-coordinates>`;
  }

  #curves(trials: readonly TrialRecord[]) {
    const shown = trials.filter(({ curve }) => curve.length > 0).slice(0, mostCurves);
    if (shown.length === 0) return nothing;
    const epochs = Math.max(...shown.map(({ curve }) => curve.at(-1)?.epoch ?? 0));
    const x = Array.from({ length: epochs }, (_, index) => index + 1);
    const series = shown.map(({ number, curve }, index) => ({
      name: `trial ${number}`,
      values: x.map((epoch) => curve[epoch - 1]?.validationLoss ?? null),
      color: colors[index % colors.length],
      ...(index < colors.length ? {} : { dash: broken }),
    }));
    const words = shown.map(({ number, curve }) => `trial ${number} ends at ${valueText(curve.at(-1)?.validationLoss)}`).join(', ');
    return html`<section class="card" aria-labelledby="curves"><h2 id="curves">Validation loss of the best ${counted(shown.length, 'trial')}, by epoch</h2>
      <bw-line-chart .x=${x} .series=${series} .until=${epochs} .label=${`Validation loss: ${words}.`}></bw-line-chart></section>`;
  }
}
