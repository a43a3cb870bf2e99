/** The versions of a deployment: where each came from, whether it answers, and which labels point at it. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Deployments, VersionLineage } from '../../../serve/deployments.js';
import type { DeployedVersion, DeploymentRecord } from '../../../spec/deployment.js';
import { deploymentsContext } from '../../contexts/services.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { moment, score } from '../../format.js';
import type { VersionStatus } from '../../serving/watch-serving.js';
import { panelStyles } from '../panel-styles.js';
import { versionChip } from './version-chip.js';

@customElement('bw-deployed-versions')
export class DeployedVersions extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .labels { display: flex; gap: 4px; flex-wrap: wrap; }
      .labels .chip { padding-inline-end: 2px; }
      .labels button { min-block-size: 24px; inline-size: 24px; border: 0; }
      td { overflow-wrap: anywhere; min-inline-size: 90px; }
      td small { display: block; }
      form { display: flex; gap: var(--space-2); align-items: end; flex-wrap: wrap; }
      form label { flex: 0 1 160px; }
    `,
  ];

  @property({ attribute: false }) deployment!: DeploymentRecord;
  @property({ attribute: false }) lineage: readonly VersionLineage[] = [];
  @property({ attribute: false }) statuses: readonly VersionStatus[] | undefined;
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @state() private problem: unknown;

  async #do(work: (name: string) => Promise<unknown>): Promise<void> {
    this.problem = undefined;
    try {
      await work(this.deployment.id);
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  #point(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    void this.#do(async (name) => {
      await this.deployments.label(name, String(data.get('label')).trim(), Number(data.get('version')));
      form.reset();
    });
  }

  override render() {
    const { versions } = this.deployment;
    const loaded = versions.filter((each) => each.loaded);
    return html`<section class="card" aria-labelledby="versions"><h2 id="versions">Versions</h2>
      <div class="scroll" tabindex="0" role="group" aria-label="Versions"><table>
        <thead><tr><th scope="col">State</th><th scope="col">Labels</th><th scope="col">Model</th><th scope="col">Learnt from</th><th scope="col">Deployed</th><td></td></tr></thead>
        <tbody>${[...versions].reverse().map((version) => this.#row(version))}</tbody></table></div>
      ${
        loaded.length > 0
          ? html`<form @submit=${this.#point}><label>Label<input name="label" required maxlength="100" pattern="\\w+" placeholder="canary" autocomplete="off" spellcheck="false"></label>
          <label>points at<select name="version">${[...loaded].reverse().map(({ version }) => html`<option value=${version}>version ${version}</option>`)}</select></label>
          <button type="submit">Point</button></form>`
          : html`<p class="hint">No version is loaded: requests are answered that nothing was found.</p>`
      }
      ${this.problem ? problemNotice(this.problem) : nothing}
      <p class="hint">Without version and label, ${this.deployment.traffic ? 'callers are divided as the traffic says' : 'the newest that answers is asked'}. A model's page deploys the next version.</p></section>`;
  }

  #row(deployed: DeployedVersion) {
    const { version, loaded, created } = deployed;
    const from = this.lineage.find((each) => each.version === version);
    const labels = this.deployment.labels.filter((each) => each.version === version);
    return html`<tr><th scope="row">${versionChip(deployed, this.statuses)}</th>
      <td><span class="labels">${labels.map(
        ({ label }) =>
          html`<span class="chip accent">${label}<button type="button" class="quiet icon-only" aria-label=${`Take the label ${label} away`} @click=${() => this.#do((name) => this.deployments.unlabel(name, label))}>${icon('close')}</button></span>`,
      )}</span></td>
      <td>${from?.model.name === undefined ? html`<span class="soft">a model that is gone</span>` : html`<a href="#/${from.file ? 'tensors' : 'models'}/${from.model.id}">${from.model.name}</a>`}${from?.headline ? html`<small class="soft">${score(from.headline.value)} ${from.headline.name} on test rows</small>` : nothing}</td>
      <td>${from?.dataset ? html`<a href="#/data/${from.dataset.id}">${from.dataset.name}</a>${from.dataset.version === undefined ? nothing : html`, version ${from.dataset.version}`}${from.run === undefined ? nothing : html` · <a href="#/runs/${from.run}">run</a>`}` : from?.file ? html`<span class="soft">${from.file.name}</span>` : nothing}</td>
      <td class="nowrap">${moment(created)}</td>
      <td><span class="row">${
        loaded
          ? html`<button type="button" class="quiet" @click=${() => this.#do((name) => this.deployments.unload(name, version))}>Unload</button>`
          : html`<button type="button" class="quiet" @click=${() => this.#do((name) => this.deployments.load(name, version))}>Load</button>`
      }
      <button type="button" class="quiet icon-only" aria-label=${`Remove version ${version}`} title="Remove" @click=${() => this.#do((name) => this.deployments.removeVersion(name, version))}>${icon('remove')}</button></span></td></tr>`;
  }
}
