/** A run that has ended: what came out, beside what is easy, where it errs, and what it was made of. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Warning } from '../../../spec/dataset.js';
import type { Confusion, RunRecord, Scores } from '../../../spec/run.js';
import { headlineOf } from '../../../stats/headline.js';
import type { MetricsColumn } from '../../elements/metrics-table.js';
import { count, counted, duration, score } from '../../format.js';
import { baselineName, headline, presetTitle, statusWords } from '../../words.js';
import { warningList } from '../warning-list.js';
import { anomaliesCard } from './anomalies.js';
import { backtestCards } from './backtest-cards.js';
import { besideBars } from './beside.js';
import { curves } from './curves.js';
import { incidentList } from './incident-list.js';
import { fewRowsWords, intervalWords, verdict } from './verdict.js';
import '../../elements/bars.js';
import '../../elements/confusion-matrix.js';
import '../../elements/device-trials.js';
import '../../elements/metrics-table.js';
import '../../elements/notice.js';
import './mistakes.js';

/** Warnings that stand with the figure that they are about; the others are about the data. */
const aboutResult: readonly string[] = ['linear-is-better', 'no-better-than-baseline', 'no-test-rows'];
const isAboutResult = ({ code }: Warning): boolean => aboutResult.includes(code);

export function runResult(run: RunRecord): TemplateResult {
  return html`
    ${outcome(run)}
    <div class="run">
      <div class="stack">
        ${pictures(run)}
        ${run.backtest ? backtestCards({ backtest: run.backtest, areDates: isDated(run) }) : nothing}
        ${run.anomalies ? anomaliesCard(run.anomalies) : nothing}
        ${run.mistakes && run.pipeline.steps.some(({ kind }) => kind === 'picture') ? html`<bw-mistakes .run=${run}></bw-mistakes>` : nothing}
        ${run.scores ? html`<section class="card" aria-labelledby="figures"><h2 id="figures">All figures, on rows never seen in training</h2><bw-metrics-table .task=${run.task} .columns=${columns(run, run.scores)}></bw-metrics-table></section>` : nothing}
      </div>
      <div class="stack side after">
        ${incidentList(run.incidents)}
        ${warningList(run.warnings.filter((warning) => !isAboutResult(warning)))}
        ${facts(run)}
        <section class="card" aria-labelledby="where"><h2 id="where">Where: time of a step</h2><bw-device-trials .choice=${run.device}></bw-device-trials></section>
      </div>
    </div>`;
}

/** Dates are steps of their own kind; a time that is not learnt from is a date where its rows follow each other by days or months. */
const isDated = ({ pipeline: { steps, windows, target } }: RunRecord): boolean =>
  steps.some(({ kind, column }) => kind === 'date' && column === windows?.time) ||
  (target.kind === 'series' && (target.cadence.kind !== 'regular' || target.cadence.interval >= 86_400_000));

function outcome(run: RunRecord): TemplateResult {
  if (run.status === 'failed')
    return html`<bw-notice tone="bad" .message=${run.problem ?? 'The training failed.'} advice="Change the options and train again. Nothing that was saved is lost."></bw-notice>`;
  if (run.status === 'running')
    return html`<bw-notice message="This run is being trained in another tab." advice="Its curves and result come here when it has ended."></bw-notice>`;
  if (run.status === 'interrupted') {
    return html`<bw-notice tone="warn" .message=${`Interrupted${run.checkpoint ? ` after epoch ${run.checkpoint.epoch} of ${run.epochs}` : ''}.`}
      .advice=${run.checkpoint ? 'Resume goes on exactly where it stood.' : 'There is no checkpoint to go on from: train again.'}></bw-notice>`;
  }
  return html``;
}

/** Two columns, each as tall as it needs to be; a regression, which has no matrix, opens with its result alone. */
function pictures(run: RunRecord): TemplateResult {
  const { loss, score: scores } = curves(run.curve, run.bestEpoch, headline(run.task, (run.scores ?? run.baseline)?.validation), 0);
  const drawn = run.curve.length > 0;
  const result = run.scores ? beside(run, run.scores) : nothing;
  if (!run.confusion) return html`${result}<div class="pair">${drawn ? [loss, scores] : nothing}</div>`;
  return html`<div class="pair"><div class="stack">${result}${drawn ? loss : nothing}</div><div class="stack">${errs(run.confusion)}${drawn ? scores : nothing}</div></div>`;
}

function beside(run: RunRecord, scores: Scores): TemplateResult {
  const { title } = headline(run.task, scores.test);
  const { tone, words } = verdict(run);
  const interval = intervalWords(run);
  const fewRows = fewRowsWords(run);
  return html`<section class="card" aria-labelledby="beside"><div class="row between"><h2 id="beside">${title} on ${counted(run.rows.test, 'test row')}</h2><span class="chip ${statusWords[run.status].tone}">${statusWords[run.status].title}</span></div>
    <div class="headline"><span class="value">${score(headlineOf(scores.test))}</span>${interval ? html`<span class="interval">${interval}</span>` : nothing}<span class="chip ${tone}">${words}</span></div>
    ${besideBars(run.task, headlineOf(scores.test), run.linear?.test, run.baseline?.test)}
    ${warningList(run.warnings.filter(isAboutResult))}
    ${fewRows ? html`<bw-notice tone="warn" .message=${fewRows} advice="Bring more rows, or put more of them aside to test on."></bw-notice>` : nothing}
    <p class="hint">The test rows were used once, after everything was decided.</p></section>`;
}

const errs = (confusion: Confusion): TemplateResult =>
  html`<section class="card" aria-labelledby="errs"><h2 id="errs">Where it errs</h2><bw-confusion-matrix .confusion=${confusion}></bw-confusion-matrix></section>`;

function columns(run: RunRecord, scores: Scores): MetricsColumn[] {
  const shown: MetricsColumn[] = [
    { title: 'Test', metrics: scores.test },
    { title: 'Validation', metrics: scores.validation },
  ];
  if (run.linear) shown.push({ title: 'Linear, test', metrics: run.linear.test });
  if (run.baseline) shown.push({ title: `${baselineName(run.task)}, test`, metrics: run.baseline.test });
  return shown;
}

const facts = (
  run: RunRecord,
): TemplateResult => html`<section class="card" aria-labelledby="made"><h2 id="made">How it was made</h2><dl class="facts">
  <dt>${run.task === 'anomaly' ? 'known labels' : 'target'}</dt><dd>${run.spec.target || 'none'}</dd>
  <dt>model</dt><dd>${presetTitle(run.preset)}</dd>
  ${run.extractor ? html`<dt>extractor</dt><dd title=${run.extractor.hash}>${run.extractor.name}${run.spec.extractor?.output === undefined ? nothing : `, up to layer ${run.spec.extractor.output}`}</dd>` : nothing}
  <dt>parameters</dt><dd>${count(run.parameters)}</dd>
  <dt>rows to train</dt><dd>${count(run.rows.training)}</dd>
  <dt>rows to validate</dt><dd>${count(run.rows.validation)}</dd>
  <dt>rows to test</dt><dd>${count(run.rows.test)}</dd>
  ${run.stored ? html`<dt>read from storage</dt><dd>${count(run.stored.pool)} rows at a time</dd>` : nothing}
  <dt>epochs</dt><dd>${count(run.curve.at(-1)?.epoch ?? 0)} of ${count(run.epochs)}</dd>
  <dt>best epoch</dt><dd>${count(run.bestEpoch)}</dd>
  <dt>batch size</dt><dd>${count(run.batchSize)}</dd>
  <dt>learning rate</dt><dd>${run.learningRate}</dd>
  <dt>seed</dt><dd>${run.seed}</dd>
  <dt>steps</dt><dd>${count(run.steps)}</dd>
  <dt>time</dt><dd>${duration(run.seconds)}</dd>
</dl></section>`;
