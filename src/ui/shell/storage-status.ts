/** How much is kept in this browser, of how much, and whether the browser has promised to keep it. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Live } from '../contexts/live.js';
import { type StorageService, storageContext } from '../contexts/storage.js';
import { bytes } from '../format.js';
import { base } from '../styles/base.js';

@customElement('bw-storage-status')
export class StorageStatus extends LitElement {
  static override styles = [base, css`b { color: var(--text); font-weight: 500; } @media (max-width: 720px) { .more { display: none; } }`];

  @consume({ context: storageContext }) private readonly storage!: StorageService;
  readonly #usage = new Live(this, { load: () => this.storage.usage(), kinds: ['dataset', 'run', 'model'], storage: () => this.storage });

  override render() {
    const usage = this.#usage.value;
    if (usage?.used === undefined) return nothing;
    const { used, quota, persistent } = usage;
    const room = quota === undefined ? nothing : html` of ${bytes(quota)}`;
    return html`<span title="Kept in this browser"><b>${bytes(used)}</b><span class="more">${room} stored${persistent ? ', persistent' : nothing}</span></span>`;
  }
}
