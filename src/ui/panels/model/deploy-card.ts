/** Lets a model answer under a name, and says where it does already. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AnyModelRecord } from '../../../infer/models.js';
import type { Deployments } from '../../../serve/deployments.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { panelStyles } from '../panel-styles.js';
import { placesOf } from '../serve/places.js';

/** A name that an address can have, from what the model is called. */
const suggested = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\w-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100) || 'model';

@customElement('bw-deploy-card')
export class DeployCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`ul { display: grid; gap: var(--space-2); } form { display: grid; gap: var(--space-3); } form button { justify-self: start; }`,
  ];

  @property({ attribute: false }) model!: AnyModelRecord;
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @state() private working = false;
  @state() private problem: unknown;

  readonly #list = new Live(this, { load: () => this.deployments.list(), kinds: ['deployment'], storage: () => this.storage });

  async #deploy(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const label = String(data.get('label')).trim();
    this.problem = undefined;
    this.working = true;
    try {
      await this.deployments.deploy(String(data.get('name')).trim(), this.model.id, { labels: label === '' ? [] : [label] });
    } catch (thrown) {
      this.problem = thrown;
    } finally {
      this.working = false;
    }
  }

  override render() {
    const list = this.#list.value ?? [];
    const places = placesOf(list, this.model.id);
    return html`<section class="card" aria-labelledby="deploy"><h2 id="deploy">Let it answer</h2>
      ${
        places.length > 0
          ? html`<ul>${places.map(
              ({ name, version, loaded, labels }) =>
                html`<li class="row"><a href="#/serve/${name}">${name}</a><span class="chip ${loaded ? 'good' : ''}">version ${version}${loaded ? '' : ', not loaded'}</span>${labels.map((label) => html`<span class="chip accent">${label}</span>`)}</li>`,
            )}</ul>`
          : html`<p class="soft small">Deployed under a name, it answers scripts of this page by the protocols of TensorFlow Serving and Open Inference.</p>`
      }
      <form @submit=${this.#deploy}>
        <label>Name<input name="name" required maxlength="100" pattern="[\\w\\-]+" list="names" autocomplete="off" spellcheck="false" .value=${suggested(this.model.name)}>
          <span class="hint">A name that is there gets this model as its next version.</span></label>
        <datalist id="names">${list.map(({ id }) => html`<option value=${id}></option>`)}</datalist>
        <label>Label, if any<input name="label" maxlength="100" pattern="\\w+" list="labels" placeholder="stable" autocomplete="off" spellcheck="false"></label>
        <datalist id="labels"><option value="stable"></option><option value="canary"></option></datalist>
        <button type="submit" ?disabled=${this.working}>Deploy</button></form>
      ${this.problem ? problemNotice(this.problem) : nothing}</section>`;
  }
}
