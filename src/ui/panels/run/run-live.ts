/** A training while it runs: how far, how well, how fast, on what; and what can be done about it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Metrics } from '../../../spec/metrics.js';
import type { Task } from '../../../spec/task.js';
import { icon } from '../../elements/icon.js';
import { bytes, count, score } from '../../format.js';
import type { TrainingJob } from '../../jobs/training-job.js';
import { headline, type MetricWords, stageWords } from '../../words.js';
import { besideBars } from './beside.js';
import { curves } from './curves.js';
import { incidentList } from './incident-list.js';
import '../../elements/bars.js';
import '../../elements/device-trials.js';
import '../../elements/progress-line.js';
import './insight-cards.js';

export function runLive(job: TrainingJob): TemplateResult {
  return html`<div class="page">
    <header class="page-header">
      <div><h1 tabindex="-1">${job.title}</h1><p class="lead">${job.request.spec.task === 'anomaly' ? 'Learning what rows have in common.' : html`Learning <b>${job.request.spec.target}</b>.`} It goes on while you look at something else.</p></div>
      <div class="row">${actions(job)}</div>
    </header>
    <p class="visually-hidden" role="status">${milestone(job)}</p>
    <p class="visually-hidden" role="status">${job.incidents.at(-1)?.message ?? ''}</p>
    <div class="run">
      <div class="stack">${incidentList(job.incidents)}${pictures(job)}
        ${job.beside.size > 0 ? html`<section class="card" aria-labelledby="beside"><h2 id="beside">Beside what is easy, on validation rows</h2>${besideBars(taskOf(job), best(job), job.beside.get('linear')?.validation, job.beside.get('baseline')?.validation)}</section>` : nothing}
        ${job.insight ? html`<bw-insight-cards .insight=${job.insight} .latest=${job.answers} .table=${job.request.dataset} .version=${job.request.version} .target=${job.request.spec.target}></bw-insight-cards>` : nothing}
      </div>
      <div class="stack side">${standing(job)}
        ${job.choice ? html`<section class="card" aria-labelledby="where"><h2 id="where">Where: time of a step</h2><bw-device-trials .choice=${job.choice}></bw-device-trials></section>` : nothing}
      </div>
    </div>
  </div>`;
}

const metricsOf = ({ beside }: TrainingJob): Metrics | undefined => (beside.get('baseline') ?? beside.get('linear'))?.validation;

/** Where nobody asked for one, the first figures tell it. */
function taskOf(job: TrainingJob): Task {
  const metrics = metricsOf(job);
  if (job.request.spec.task) return job.request.spec.task;
  if (!metrics || 'accuracy' in metrics) return 'classification';
  return 'f1Micro' in metrics ? 'multilabel' : 'regression';
}

const headlineOf = (job: TrainingJob): MetricWords => headline(taskOf(job), metricsOf(job));

const best = (job: TrainingJob): number | undefined => job.curve.find(({ epoch }) => epoch === job.bestEpoch)?.validationScore;

function actions(job: TrainingJob): TemplateResult {
  const paused = job.state === 'paused';
  return html`
    <button type="button" ?disabled=${job.stopping} @click=${() => (paused ? job.resume() : job.pause())}>${icon(paused ? 'play' : 'pause')} ${paused ? 'Go on' : 'Pause'}</button>
    <button type="button" ?disabled=${job.stopping || job.curve.length === 0} @click=${() => job.stopAndKeepTheBest()}>${icon('stop')} Stop and keep the best</button>
    <button type="button" class="quiet" @click=${() => job.cancel()}>Cancel</button>`;
}

function pictures(job: TrainingJob): TemplateResult {
  if (job.curve.length === 0)
    return html`<section class="card" aria-label="Curves"><h2>Loss, by epoch</h2><p class="soft">${stageWords[job.stage]}… The curves begin with the first epoch.</p></section>`;
  const { loss, score: scores } = curves(job.curve, job.bestEpoch, headlineOf(job), job.latest?.epochs ?? 0);
  return html`<div class="pair">${loss}${scores}</div>`;
}

function standing(job: TrainingJob): TemplateResult {
  const { latest } = job;
  const last = job.curve.at(-1);
  return html`<section class="card standing" aria-labelledby="standing">
    <h2 id="standing" class="visually-hidden">How it stands</h2>
    <bw-progress-line .label=${job.detail} .value=${job.progress} .secondsLeft=${job.state === 'paused' ? undefined : job.secondsLeft}></bw-progress-line>
    <div class="two">
      <div class="figure">${score(last?.validationScore)}<small>${headlineOf(job).title}, validation</small></div>
      <div class="figure">${score(latest?.loss)}<small>training loss</small></div>
      <div class="figure">${latest ? count(latest.examplesPerSecond) : '–'}<small>examples a second</small></div>
      <div class="figure">${latest ? bytes(latest.bytes) : '–'}<small>${latest ? `${count(latest.tensors)} tensors on the device` : 'on the device'}</small></div>
    </div>
    ${job.stage === 'training' && job.state === 'running' && job.request.spec.patience !== 0 ? html`<p class="hint">Early stopping may end it sooner.</p>` : nothing}
  </section>`;
}

/** Spoken: every new stage, and each quarter of the training. Never every tick. */
function milestone(job: TrainingJob): string {
  if (job.state === 'paused') return 'Paused.';
  const quarter = Math.floor((job.progress ?? 0) * 4) * 25;
  return quarter > 0 ? `${quarter} percent done.` : `${stageWords[job.stage]}.`;
}
