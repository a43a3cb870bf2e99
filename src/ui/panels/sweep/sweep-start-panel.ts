/** Before a sweep: what to try on a table. Begins it and goes to it. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Sweeps } from '../../../train/sweeps/sweeps.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { type Preferences, preferencesContext } from '../../contexts/preferences.js';
import { datasetsContext, sweepsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { problemNotice } from '../../elements/problem-notice.js';
import type { SweepWish } from '../../elements/sweep-form.js';
import type { Jobs } from '../../jobs/jobs.js';
import { SweepJob } from '../../jobs/sweep-job.js';
import { Follow } from '../../observable.js';
import { chosenTarget } from '../chosen-target.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { withDraft } from '../pipeline/draft.js';
import '../../elements/progress-line.js';
import '../../elements/sweep-form.js';

@customElement('bw-sweep-start-panel')
export class SweepStartPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    css`
      ol { list-style: decimal; padding-inline-start: 1.3em; display: grid; gap: var(--space-2); }
    `,
  ];

  /** The dataset's identifier. */
  @property() item = '';
  /** The target, where one was chosen before. */
  @property() detail = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: sweepsContext }) private readonly sweeps!: Sweeps;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @consume({ context: preferencesContext }) private readonly preferences!: Preferences;
  @state() private job: SweepJob | undefined;

  readonly #dataset = new Live(this, { load: () => this.datasets.get(this.item), kinds: ['dataset'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => `Sweep on ${this.#dataset.value?.name ?? 'a table'}`);
    new Follow(this, () => this.job);
  }

  protected override updated(): void {
    const begun = this.job?.active || this.job?.state === 'finished';
    if (this.job?.record && begun && this.isConnected) location.hash = this.job.route;
  }

  #begin({ spec, sweep }: SweepWish): void {
    const whole = withDraft({ ...spec, device: this.preferences.device }, this.item);
    this.job = new SweepJob(this.sweeps, { dataset: this.item, spec: whole, sweep }, `Sweep on ${this.#dataset.value?.name ?? 'a table'}`);
    void this.jobs.run(this.job);
  }

  override render() {
    const { value: dataset, problem } = this.#dataset;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">This table cannot be trained on</h1>${problemNotice(problem, html`<a class="button" href="#/">All tables</a>`)}</div>`;
    if (!dataset) return loading('Table');
    const target = chosenTarget(dataset, this.detail);
    return html`<div class="page"><header><h1 tabindex="-1">Sweep on ${dataset.name}</h1>
        <p class="lead">Many trainings that learn <strong>${target}</strong> with other settings; the best is kept. <a href=${`#/train/${dataset.id}/${encodeURIComponent(target)}`}>Train once instead</a></p></header>
      ${this.job?.state === 'failed' ? problemNotice(this.job.problem) : nothing}
      <div class="with-side"><section class="card" aria-label="Sweep">
        <bw-sweep-form .target=${target} .busy=${this.job?.active ?? false} @bw-sweep=${(event: CustomEvent<SweepWish>) => this.#begin(event.detail)}></bw-sweep-form>
        ${this.job?.active ? html`<bw-progress-line .label=${this.job.detail}></bw-progress-line>` : nothing}
      </section>
      <section class="card small" aria-labelledby="happens"><h2 id="happens">What happens</h2>
        <ol><li>All trials train and validate on the same rows.</li><li>They are compared on validation rows. Test rows are not looked at.</li>
        <li>The best is trained anew, beside a baseline and a linear model, and tested once.</li>
        <li>You may leave the page; what was reached is kept, and goes on where it stood.</li></ol></section></div></div>`;
  }
}
