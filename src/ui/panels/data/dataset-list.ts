/** The tables that are kept: open, rename, train, delete with a way back. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { datasetsContext } from '../../contexts/services.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { icon } from '../../elements/icon.js';
import { count, moment } from '../../format.js';
import { panelStyles } from '../panel-styles.js';
import { removeWithUndo } from '../removing.js';
import { rename } from '../renaming.js';
import '../../elements/editable-name.js';

@customElement('bw-dataset-list')
export class DatasetList extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .list { padding: 0; gap: 0; overflow: hidden; }
      li { display: grid; grid-template-columns: minmax(0, 1fr) auto auto auto; gap: var(--space-2) var(--space-4); align-items: center; padding: var(--space-2) var(--space-4); border-block-end: 1px solid var(--line); min-block-size: 52px; }
      li:last-child { border: 0; }
      a.name { font-weight: 600; color: var(--text); text-decoration: none; overflow-wrap: anywhere; min-block-size: 24px; }
      a.name:hover { text-decoration: underline; }
      .size { font: var(--size-2) var(--font-figures); color: var(--text-soft); white-space: nowrap; }
      @media (max-width: 720px) {
        li { grid-template-columns: minmax(0, 1fr) auto auto; padding-inline: var(--space-3); }
        .size { grid-row: 2; }
        .train { grid-row: 1 / 3; }
        .remove { grid-row: 1 / 3; }
      }
    `,
  ];

  @property({ attribute: false }) datasets: readonly DatasetRecord[] = [];
  /** Of those of which a part cannot be read. */
  @property({ attribute: false }) damaged: ReadonlySet<string> = new Set();
  @consume({ context: datasetsContext }) private readonly service!: Datasets;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;

  override render() {
    return html`<ul class="card list">${this.datasets.map(
      ({ id, name, rows, fields, created }) => html`<li>
        <bw-editable-name .name=${name} @bw-rename=${(event: CustomEvent<string>) => rename(this.service, this.toasts, id, event.detail)}><a class="name" href="#/data/${id}">${name}</a>${this.damaged.has(id) ? html` <span class="chip bad">damaged</span>` : nothing}</bw-editable-name>
        <span class="size">${count(rows)} × ${count(fields.length)} · ${moment(created)}</span>
        <a class="button train" href="#/train/${id}" aria-label="Train on ${name}">Train</a>
        <button type="button" class="quiet icon-only remove" aria-label="Delete ${name}" title="Delete" @click=${() => removeWithUndo(this.service, this.toasts, id, name)}>${icon('remove')}</button>
      </li>`,
    )}</ul>`;
  }
}
