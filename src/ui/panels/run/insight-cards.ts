/** What is seen of a training, live and afterwards: rows that are followed, and how weights and gradients are spread. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Table } from '../../../data/table.js';
import type { FieldType } from '../../../spec/field-type.js';
import type { InsightEpoch, RunInsight } from '../../../spec/insight.js';
import { datasetsContext } from '../../contexts/services.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/followed-examples.js';
import '../../elements/tensor-spread.js';

@customElement('bw-insight-cards')
export class InsightCards extends LitElement {
  static override styles = [...panelStyles];

  @property({ attribute: false }) insight: RunInsight | undefined;
  /** Of the latest epoch, while it trains. */
  @property({ attribute: false }) latest: InsightEpoch | undefined;
  /** Where the rows are, in the version that is learnt from. */
  @property() table = '';
  @property() version: string | undefined;
  @property() target = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @state() private rows: readonly (Table | undefined)[] = [];
  @state() private types: ReadonlyMap<string, FieldType> = new Map();
  #loaded = '';

  protected override willUpdate(): void {
    const wanted = this.insight ? `${this.table} ${this.version} ${this.insight.examples.map(({ row }) => row).join()}` : '';
    if (wanted === this.#loaded) return;
    this.#loaded = wanted;
    if (this.insight) void this.#load(this.insight, wanted);
  }

  async #load({ examples }: RunInsight, wanted: string): Promise<void> {
    // A table that was deleted leaves the answers without the rows.
    const preview = (row: number): Promise<Table | undefined> =>
      this.datasets.preview(this.table, row, 1, this.version).catch(() => undefined);
    const fields = this.datasets.get(this.table).catch(() => undefined);
    const rows = await Promise.all(examples.map(({ row }) => preview(row)));
    const record = await fields;
    if (wanted !== this.#loaded) return;
    this.rows = rows;
    this.types = new Map(record?.fields.map(({ name, type }) => [name, type]) ?? []);
  }

  override render() {
    const { insight } = this;
    if (!insight) return nothing;
    return html`<div class="stack">
      ${
        insight.examples.length > 0
          ? html`<section class="card" aria-labelledby="followed"><h2 id="followed">What it answers, on a few validation rows</h2>
        <bw-followed-examples .insight=${insight} .latest=${this.latest} .rows=${this.rows} .types=${this.types} .target=${this.target}></bw-followed-examples></section>`
          : nothing
      }
      <section class="card" aria-labelledby="spread"><h2 id="spread">Weights and gradients, by epoch</h2><bw-tensor-spread .insight=${insight}></bw-tensor-spread></section>
    </div>`;
  }
}
