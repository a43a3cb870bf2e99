/** Imports that were cut off when their page or browser ended: each goes on with its source, or is discarded. */
import { consume } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Source } from '../../../data/source.js';
import type { ImportRecord } from '../../../spec/import.js';
import { datasetsContext } from '../../contexts/services.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { emit } from '../../events.js';
import { count } from '../../format.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/confirm-dialog.js';

@customElement('bw-unfinished-imports')
export class UnfinishedImports extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      ul { display: grid; gap: var(--space-3); }
      li { display: grid; gap: var(--space-2); }
      progress { inline-size: 100%; accent-color: var(--accent); }
      .row { display: flex; flex-wrap: wrap; gap: var(--space-2); }
    `,
  ];

  @property({ attribute: false }) imports: readonly ImportRecord[] = [];
  @consume({ context: datasetsContext }) private readonly service!: Datasets;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  #chosen = '';

  #ask(id: string): void {
    this.#chosen = id;
    this.renderRoot.querySelector<ConfirmDialog>('bw-confirm-dialog')?.open();
  }

  async #discard(): Promise<void> {
    try {
      await this.service.discard(this.#chosen);
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  /** An address is asked again; of a file the browser has kept nothing, and it has to be chosen once more. */
  #goOn({ source, into }: ImportRecord): void {
    if (into !== undefined) location.hash = `#/data/${into}`;
    else if (source.kind === 'url') emit<Source>(this, 'bw-source', { kind: 'url', url: source.name });
    else emit(this, 'bw-choose');
  }

  override render() {
    return html`<ul>${this.imports.map((unfinished) => {
      const { id, source, after, learnt } = unfinished;
      return html`<li class="card">
        <p><b>${source.name}</b> was being read when its page was closed: ${count(after.row)} of ${count(learnt.rows)} rows are kept.</p>
        <progress aria-label="Rows kept of ${source.name}" max=${learnt.rows} .value=${after.row}></progress>
        <div class="row">
          <button type="button" class="primary" @click=${() => this.#goOn(unfinished)}>${unfinished.into !== undefined ? 'Go to the table, and replace its rows by this file again' : source.kind === 'url' ? 'Go on' : 'Choose the file again to go on'}</button>
          <button type="button" class="quiet" @click=${() => this.#ask(id)}>Discard</button>
        </div></li>`;
    })}</ul>
    <bw-confirm-dialog heading="Discard what was read?" message="The rows that are kept so far are deleted. The file itself is not touched." action="Discard" @bw-confirm=${() => this.#discard()}></bw-confirm-dialog>`;
  }
}
