/** The table that a run or model learnt from: a link, and which of its versions that was. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Datasets } from '../../data/datasets.js';
import { Live } from '../contexts/live.js';
import { datasetsContext } from '../contexts/services.js';
import { type StorageService, storageContext } from '../contexts/storage.js';
import { base } from '../styles/base.js';

@customElement('bw-learnt-from')
export class LearntFrom extends LitElement {
  static override styles = [base, css`:host { display: inline; }`];

  @property({ attribute: false }) table!: { id: string; name: string; hash: string };
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: storageContext }) private readonly storage!: StorageService;

  readonly #versions = new Live(this, {
    load: () => this.datasets.versions(this.table.id),
    kinds: ['dataset'],
    storage: () => this.storage,
  });

  /** Nothing is said where the table is gone: then there is nothing to be confused with. */
  get #which(): string {
    const versions = this.#versions.value;
    if (!versions || this.#versions.problem) return '';
    const found = versions.find(({ hash }) => hash === this.table.hash);
    if (!found) return 'a version that is not here any more';
    if (versions.length === 1) return '';
    return found.inUse ? `version ${found.number}, in use` : `version ${found.number}, not the one in use`;
  }

  override render() {
    const { id, name } = this.table;
    const which = this.#which;
    return html`<a href="#/data/${id}">${name}</a>${which ? html`<span class="soft">, ${which}</span>` : nothing}`;
  }
}
