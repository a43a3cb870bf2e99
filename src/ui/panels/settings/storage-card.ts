/** How much is kept, and the browser's promise not to evict it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Usage } from '../../../storage/store.js';
import { bytes } from '../../format.js';

interface StorageFacts {
  usage: Usage | undefined;
  refused: boolean;
  persist: () => void;
}

export function storageCard({ usage, refused, persist }: StorageFacts): TemplateResult {
  return html`<section class="card" aria-labelledby="storage"><h2 id="storage">What is kept here</h2>
    ${
      usage?.used === undefined
        ? html`<p class="soft">This browser does not tell.</p>`
        : html`<p><b class="figures">${bytes(usage.used)}</b>${usage.quota ? html` of <span class="figures">${bytes(usage.quota)}</span>` : nothing}, in this browser only.</p>
        ${usage.quota ? html`<meter aria-label="Storage used" min="0" max=${usage.quota} value=${usage.used}></meter>` : nothing}`
    }
    ${
      usage?.persistent
        ? html`<p class="small">The browser has promised to keep it.</p>`
        : html`<p class="small">The browser may clear it when the disk runs full.</p><div><button type="button" @click=${persist}>Ask the browser to keep it</button></div>`
    }
    ${refused ? html`<p class="hint" role="status">The browser refused. It often agrees once the app is installed or bookmarked.</p>` : nothing}
  </section>`;
}
