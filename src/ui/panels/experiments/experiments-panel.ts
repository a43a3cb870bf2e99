/** The experiments that there are, and a new one: of deployments, or simulated. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Deployments } from '../../../serve/deployments.js';
import type { Experiments } from '../../../serve/experiment/experiments.js';
import type { ExperimentRecord } from '../../../spec/experiment.js';
import type { Plan } from '../../../stats/experiment/plan.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext, experimentsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { Comparable, ExperimentWish } from '../../elements/experiment-form.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted, moment } from '../../format.js';
import { empty, emptyStyles } from '../empty.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { experimentStatus, metricTitle } from './metric-words.js';
import '../../elements/experiment-form.js';

interface Whole {
  experiments: ExperimentRecord[];
  deployments: Comparable[];
}

@customElement('bw-experiments-panel')
export class ExperimentsPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    emptyStyles,
    css`
      .name { font-weight: 600; color: var(--text); overflow-wrap: anywhere; }
    `,
  ];

  @property() item = '';
  @consume({ context: experimentsContext }) private readonly experiments!: Experiments;
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private plan: Plan | undefined;
  @state() private problem = '';
  @state() private busy = false;

  readonly #whole = new Live<Whole>(this, {
    load: () => this.#load(),
    kinds: ['experiment', 'deployment'],
    storage: () => this.storage,
  });

  constructor() {
    super();
    new PageHeading(this, () => 'Experiments');
  }

  async #load(): Promise<Whole> {
    const [experiments, deployments] = await Promise.all([this.experiments.list(), this.deployments.list()]);
    const comparable = deployments.map(({ id, versions }) => ({
      name: id,
      versions: versions.flatMap(({ version, loaded }) => (loaded ? [version] : [])),
    }));
    return { experiments, deployments: comparable.filter(({ versions }) => versions.length > 1) };
  }

  async #plan({ spec, unitsPerDay }: ExperimentWish): Promise<void> {
    try {
      this.plan = await this.experiments.plan(spec, unitsPerDay);
      this.problem = '';
    } catch (thrown) {
      this.problem = (thrown as Error).message;
    }
  }

  async #begin(begin: () => Promise<ExperimentRecord>): Promise<void> {
    this.busy = true;
    try {
      const { id } = await begin();
      if (this.isConnected) location.hash = `#/experiments/${id}`;
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
    this.busy = false;
  }

  override render() {
    const { value, problem } = this.#whole;
    if (!value && problem)
      return html`<div class="page"><h1 tabindex="-1">Experiments</h1>${problemNotice(problem, html`<button type="button" @click=${() => this.#whole.reload()}>Try again</button>`)}</div>`;
    if (!value) return loading('Experiments');
    const { experiments, deployments } = value;
    return html`<div class="page"><header class="page-header"><div><h1 tabindex="-1">Experiments</h1>
        <p class="lead">Versions of a deployment compared by what comes of their answers.</p></div>
        ${experiments.length > 0 ? html`<div class="row">${this.#simulate('')}</div>` : nothing}</header>
      ${experiments.length > 0 ? this.#list(experiments) : this.#empty(deployments)}
      ${
        deployments.length > 0
          ? html`<section class="card" aria-labelledby="new"><h2 id="new">A new experiment</h2>
            <bw-experiment-form .deployments=${deployments} .plan=${this.plan} .problem=${this.problem} .busy=${this.busy}
              @bw-plan=${(event: CustomEvent<ExperimentWish>) => this.#plan(event.detail)}
              @bw-experiment=${(event: CustomEvent<ExperimentWish>) => this.#begin(() => this.experiments.start(event.detail.spec))}></bw-experiment-form></section>`
          : experiments.length > 0
            ? html`<p class="soft">A new one needs a deployment with two versions that are loaded.</p>`
            : nothing
      }
    </div>`;
  }

  #simulate(tone: string) {
    return html`<button type="button" class=${tone} ?disabled=${this.busy} @click=${() => this.#begin(() => this.experiments.simulate())}>${icon('play')} Run a simulated one</button>`;
  }

  #empty(deployments: readonly Comparable[]) {
    const words =
      deployments.length > 0
        ? 'Begin one below, or watch one whose callers are made up: half a minute until it is decided.'
        : 'One needs a deployment with two versions that are loaded. Until then, watch one whose callers are made up: half a minute until it is decided.';
    return empty('No experiment has been run yet', words, this.#simulate('primary'));
  }

  #list(experiments: readonly ExperimentRecord[]) {
    return html`<section class="card" aria-label="Experiments"><div class="scroll" tabindex="0" role="region" aria-label="All experiments"><table>
      <thead><tr><th scope="col">Experiment</th><th scope="col">Metric</th><th scope="col" class="number">Planned</th><th scope="col">Since</th><th scope="col">State</th><th><span class="visually-hidden">Delete</span></th></tr></thead>
      <tbody>${experiments.map((record) => {
        const { id, name, spec, planned, created, status, decision, simulated } = record;
        const { title, tone } = experimentStatus[status];
        return html`<tr><th scope="row"><a class="name" href="#/experiments/${id}">${name}</a>${simulated ? html` <span class="chip warn">simulated</span>` : nothing}</th>
          <td>${metricTitle(spec.metric)}</td><td class="number">${counted(planned, 'unit')}</td><td>${moment(created)}</td>
          <td><span class="chip ${tone}">${decision ? `“${decision.arm}”` : title}</span></td>
          <td><button type="button" class="quiet icon-only" aria-label="Delete ${name}" title="Delete" @click=${() => removeWithUndo(this.experiments, this.toasts, id, name)}>${icon('remove')}</button></td></tr>`;
      })}</tbody></table></div></section>`;
  }
}
