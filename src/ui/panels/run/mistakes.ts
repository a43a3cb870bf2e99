/** Test pictures that the model took for something else, those it was surest of first. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import type { Mistake, RunRecord } from '../../../spec/run.js';
import { datasetsContext } from '../../contexts/services.js';
import type { PicturePage } from '../../elements/picture-pages.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted, percentage } from '../../format.js';
import { picturePage } from '../dataset/picture-card.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/picture.js';

const shownAtOnce = 18;

@customElement('bw-mistakes')
export class Mistakes extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(104px, 1fr)); gap: var(--space-3); }
      li { display: grid; gap: 2px; font-size: var(--size-1); align-content: start; }
      b { font-weight: 600; }
    `,
  ];

  @property({ attribute: false }) run!: RunRecord;
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @state() private loading = false;
  /** Of the first mistakes, in their order. */
  @state() private pages: PicturePage[] = [];
  @state() private problem: unknown;

  protected override firstUpdated(): void {
    void this.#more();
  }

  async #more(): Promise<void> {
    if (this.loading) return;
    const next = (this.run.mistakes ?? []).slice(this.pages.length, this.pages.length + shownAtOnce);
    this.loading = true;
    this.problem = undefined;
    try {
      const { testDataset, dataset } = this.run;
      // Rows are counted in the version that was learnt from.
      const [id, version] = testDataset === undefined ? [dataset.id, dataset.hash] : [testDataset];
      const pages = await Promise.all(next.map(({ row }) => picturePage(this.datasets, id, row, 1, version)));
      this.pages = [...this.pages, ...pages];
    } catch (thrown) {
      this.problem = thrown;
    } finally {
      this.loading = false;
    }
  }

  override render() {
    const mistakes = this.run.mistakes ?? [];
    return html`<section class="card" aria-labelledby="mistakes"><h2 id="mistakes">Taken for something else</h2>
      <p class="small soft">${mistakes.length === 0 ? 'None of the test pictures.' : `Test pictures that it got wrong, the ones it was surest of first${mistakes.length === 200 ? '; the first 200' : ''}.`}</p>
      ${this.problem ? problemNotice(this.problem) : nothing}
      <ul>${this.pages.map((page, index) => this.#mistake(mistakes[index], page))}</ul>
      ${this.pages.length < mistakes.length ? html`<button type="button" ?disabled=${this.loading} @click=${() => this.#more()}>Show more of ${counted(mistakes.length, 'picture')}</button>` : nothing}
    </section>`;
  }

  #mistake({ actual, predicted, probability }: Mistake, { column }: PicturePage) {
    return html`<li><bw-picture .column=${column} label="${actual}, taken for ${predicted}"></bw-picture>
      <b>${actual}</b><span class="soft">taken for ${predicted}, ${percentage(probability)}</span></li>`;
  }
}
