/** A table as a file to take along. */
import { consume } from '@lit/context';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { datasetsContext } from '../../contexts/services.js';
import type { Exported } from '../../jobs/export-job.js';
import { panelStyles } from '../panel-styles.js';
import '../write-file.js';

@customElement('bw-download-card')
export class DownloadCard extends LitElement {
  static override styles = panelStyles;

  @property({ attribute: false }) table!: DatasetRecord;
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;

  get #exported(): Exported {
    const { id, name, rows } = this.table;
    return { route: `#/data/${id}`, name, rows, write: (format, signal) => this.datasets.export(id, format, signal) };
  }

  override render() {
    return html`<section class="card" aria-labelledby="download"><h2 id="download">Take it along</h2>
      <bw-write-file .exported=${this.#exported}></bw-write-file></section>`;
  }
}
