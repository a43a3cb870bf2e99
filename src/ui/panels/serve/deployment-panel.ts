/** One deployment: its versions and labels, a question to try, code to copy, how it answers, whom its callers get, and what is kept of them. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Deployments } from '../../../serve/deployments.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { icon } from '../../elements/icon.js';
import { count, counted, stepTime } from '../../format.js';
import { pathOf } from '../../serving/address.js';
import type { ServedFigures } from '../../serving/scraped.js';
import { servingNotice } from '../../serving/serving-notice.js';
import { WatchServing } from '../../serving/watch-serving.js';
import { cannotBeShown } from '../cannot-be-shown.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import '../../elements/confirm-dialog.js';
import './try-card.js';
import './deployed-versions.js';
import './log-card.js';
import './traffic-card.js';

@customElement('bw-deployment-panel')
export class DeploymentPanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, css`.with-side { --side: 280px; }`];

  @property() item = '';
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @query('bw-confirm-dialog') private readonly confirming!: ConfirmDialog;

  readonly #deployment = new Live(this, {
    load: () => Promise.all([this.deployments.get(this.item), this.deployments.lineage(this.item)] as const),
    kinds: ['deployment', 'model', 'tensor-model', 'dataset'],
    storage: () => this.storage,
  });
  readonly #serving = new WatchServing(
    this,
    () => [this.item],
    () => (this.#deployment.value?.[0].traffic?.mirror ? [this.item] : []),
  );

  constructor() {
    super();
    new PageHeading(this, () => this.item);
  }

  async #remove(): Promise<void> {
    if (await removeWithUndo(this.deployments, this.toasts, this.item, this.item)) location.hash = '#/serve';
  }

  override render() {
    const { value, problem } = this.#deployment;
    if (problem) return cannotBeShown('deployment', problem, { href: '#/serve', title: 'All deployments' });
    if (!value) return loading('Deployment');
    const [deployment, lineage] = value;
    return html`<div class="page">
      <header class="page-header"><div><h1 tabindex="-1">${deployment.id}</h1>
        <p class="lead">${counted(deployment.versions.length, 'version')} · <span class="figures">${pathOf('tensorflow', deployment.id, { kind: 'newest' })}</span></p></div>
        <div class="row"><button type="button" class="quiet" @click=${() => this.confirming.open()}>${icon('remove')} Remove</button></div></header>
      ${servingNotice(this.#serving)}
      <bw-deployed-versions .deployment=${deployment} .lineage=${lineage} .statuses=${this.#serving.statuses.get(deployment.id)}></bw-deployed-versions>
      <div class="with-side"><bw-try-card .deployment=${deployment} @bw-asked=${() => this.#serving.look()}></bw-try-card>
        ${this.#figures(this.#serving.figures.get(deployment.id))}</div>
      <bw-traffic-card .deployment=${deployment} .statuses=${this.#serving.statuses.get(deployment.id)} .mirrored=${this.#serving.mirrors.get(deployment.id)}></bw-traffic-card>
      <bw-log-card .deployment=${deployment} .hasTensors=${lineage.some(({ file }) => file !== undefined)}></bw-log-card>
      <bw-confirm-dialog heading="Remove this deployment?" message=${`Nothing answers as “${deployment.id}” any more. Its models stay.`} action="Remove" @bw-confirm=${this.#remove}></bw-confirm-dialog>
    </div>`;
  }

  #figures(figures: ServedFigures | undefined) {
    return html`<section class="card" aria-labelledby="how"><h2 id="how">How it answers</h2>
      ${
        figures && figures.requests > 0
          ? html`<dl class="facts"><dt>requests</dt><dd>${count(figures.requests)}</dd><dt>errors</dt><dd>${count(figures.failed)}</dd>
        <dt>median</dt><dd>${figures.median === undefined ? '–' : stepTime(figures.median)}</dd>
        <dt>99 of 100 within</dt><dd>${figures.p99 === undefined ? '–' : stepTime(figures.p99)}</dd>
        ${figures.rows === undefined ? nothing : html`<dt>rows in a batch</dt><dd>${figures.rows.toFixed(1)}</dd>`}</dl>
        <p class="hint">Since this browser last began to serve. Latencies are read from a histogram of few bounds.</p>`
          : html`<p class="soft">Nobody has asked yet.</p>`
      }
      <p class="hint">For Prometheus: <a href="metrics" target="_blank">metrics</a></p></section>`;
  }
}
