/** What is deployed: each name with its versions, its labels and how it answers. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Deployments } from '../../../serve/deployments.js';
import type { DeploymentRecord } from '../../../spec/deployment.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { count, counted, stepTime } from '../../format.js';
import { servingNotice } from '../../serving/serving-notice.js';
import { WatchServing } from '../../serving/watch-serving.js';
import { empty, emptyStyles } from '../empty.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { percentWords } from './traffic-words.js';
import { versionChip } from './version-chip.js';

@customElement('bw-serve-panel')
export class ServePanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    emptyStyles,
    css`
      .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: var(--space-3); }
      .name { font-weight: 600; font-size: var(--size-3); color: var(--text); text-decoration: none; overflow-wrap: anywhere; min-block-size: 24px; }
      .name:hover { text-decoration: underline; }
      .figures { display: flex; gap: var(--space-5); flex-wrap: wrap; }
    `,
  ];

  @property() item = '';
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;

  readonly #list = new Live(this, {
    load: () => this.deployments.list(),
    kinds: ['deployment'],
    storage: () => this.storage,
  });
  readonly #serving = new WatchServing(this, () => (this.#list.value ?? []).map(({ id }) => id));

  constructor() {
    super();
    new PageHeading(this, () => 'Serve');
  }

  override render() {
    const { value: list, problem } = this.#list;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">Serve</h1>${problemNotice(problem, html`<button type="button" @click=${() => this.#list.reload()}>Try again</button>`)}</div>`;
    if (!list) return loading('Serve');
    return html`<div class="page">
      <header><h1 tabindex="-1">Serve</h1><p class="lead">Models that answer any script of this page's origin, without a server.</p></header>
      ${list.length > 0 ? servingNotice(this.#serving) : nothing}
      ${
        list.length > 0
          ? html`<ul class="cards">${list.map((deployment) => this.#card(deployment))}</ul>`
          : empty(
              'Nothing is deployed yet',
              'A model’s page deploys it under a name of your choice.',
              html`<a class="button primary" href="#/models">Choose a model</a>`,
            )
      }
    </div>`;
  }

  #card({ id, versions, labels, traffic }: DeploymentRecord) {
    const figures = this.#serving.figures.get(id);
    const statuses = this.#serving.statuses.get(id);
    const newest = versions.at(-1);
    return html`<li class="card"><a class="name" href="#/serve/${id}">${id}</a>
      <div class="row">${newest ? versionChip(newest, statuses) : nothing}${labels.map(({ label, version }) => html`<span class="chip accent">${label} → ${version}</span>`)}${(traffic?.arms ?? []).filter(({ weight }) => weight > 0).map(({ name, weight }) => html`<span class="chip">${percentWords(weight)} ${name}</span>`)}</div>
      <div class="figures">
        <div class="figure">${count(figures?.requests ?? 0)}<small>requests</small></div>
        <div class="figure">${figures?.median === undefined ? '–' : stepTime(figures.median)}<small>median</small></div>
        <div class="figure">${figures?.p99 === undefined ? '–' : stepTime(figures.p99)}<small>99 of 100 within</small></div>
      </div>
      <p class="small soft">${counted(versions.length, 'version')}${figures && figures.failed > 0 ? html` · ${counted(figures.failed, 'error')}` : nothing}</p>
      <div class="row"><a class="button" href="#/serve/${id}" aria-label="Open ${id}">Open</a></div></li>`;
  }
}
