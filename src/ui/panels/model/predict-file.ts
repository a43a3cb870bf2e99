/**
 * A file in, a CSV out: the file's own columns with the prediction beside them. Goes on while the user is elsewhere;
 * of several files each has its own line.
 */
import { consume } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Source } from '../../../data/source.js';
import type { Models } from '../../../infer/models.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { jobsContext } from '../../contexts/jobs.js';
import { modelsContext } from '../../contexts/services.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, counted } from '../../format.js';
import { FilePredictionJob, filePredictions } from '../../jobs/file-prediction-job.js';
import type { Jobs } from '../../jobs/jobs.js';
import { Follow } from '../../observable.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/drop-zone.js';
import '../../elements/notice.js';
import '../../elements/progress-line.js';
import { saveAs } from '../../save-as.js';

@customElement('bw-predict-file')
export class PredictFile extends LitElement {
  static override styles = [...panelStyles, css`bw-notice button { margin-block-start: var(--space-2); }`];

  @property({ attribute: false }) model!: ModelRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  #start(source: Source): void {
    if (source.kind !== 'url') void this.jobs.run(new FilePredictionJob(this.models, this.model.id, source));
  }

  get #ofPictures(): boolean {
    return this.model.fields.some(({ type }) => type === 'picture');
  }

  #save(job: FilePredictionJob): void {
    saveAs(job.csv, `${job.fileName.replace(/\.[^.]*$/, '')}-predictions.csv`);
  }

  override render() {
    return html`<section class="card" aria-labelledby="file"><h2 id="file">A file in, a CSV out</h2>
      ${filePredictions(this.jobs, this.model.id).map((job) => this.#job(job))}
      <bw-drop-zone .folders=${this.#ofPictures} .heading=${this.#ofPictures ? 'Drop pictures to predict' : 'Drop a file to predict'}
        .explanation=${this.#ofPictures ? 'A folder, a zip, or pictures one by one.' : 'The same columns as in training, in any order.'} @bw-source=${(event: CustomEvent<Source>) => this.#start(event.detail)}></bw-drop-zone>
    </section>`;
  }

  #job(job: FilePredictionJob) {
    if (job.state === 'failed') return problemNotice(job.problem);
    if (job.active) {
      return html`<bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
        <button type="button" aria-label="Cancel: ${job.title}" @click=${() => job.cancel()}>Cancel</button>`;
    }
    return html`<bw-notice tone="good" .message=${`${counted(job.result?.rows ?? 0, 'row')} predicted from ${job.fileName}.`}>
      <button type="button" class="primary" @click=${() => this.#save(job)}>${icon('download')} Download the CSV, ${bytes(job.csv.size)}</button></bw-notice>`;
  }
}
