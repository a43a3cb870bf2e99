/** A model's form and, beside it, the prediction for what stands in it, renewed at every change. */
import { consume } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Models, Prediction, RawRow } from '../../../infer/models.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { modelsContext } from '../../contexts/services.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { figure, percentage } from '../../format.js';
import { isCancelled } from '../../problem.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/bars.js';
import '../../elements/notice.js';
import '../../elements/prediction-form.js';

const mostProbabilities = 10;

@customElement('bw-predict-form')
export class PredictForm extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
    .use { display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 340px); gap: var(--space-5); align-items: start; }
    .answer { position: sticky; inset-block-start: var(--space-4); background: var(--surface-sunk); border-radius: var(--radius); padding: var(--space-4); display: grid; gap: var(--space-3); min-block-size: 120px; align-content: start; }
    .value { font: 600 28px/1.2 var(--font-figures); overflow-wrap: anywhere; }
    bw-prediction-form { max-block-size: 560px; overflow: auto; padding: 3px; margin: -3px; }
    @media (max-width: 900px) { .use { grid-template-columns: minmax(0, 1fr); } .answer { order: -1; inset-block-start: 0; z-index: 1; } bw-prediction-form { max-block-size: none; } }
  `,
  ];

  @property({ attribute: false }) model!: ModelRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @state() private prediction: Prediction | undefined;
  @state() private problem: unknown;
  @state() private unreadable: readonly string[] = [];
  #asking: AbortController | undefined;

  /** The newest question alone is answered: an older one is cancelled. */
  async #ask(row: RawRow): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.unreadable = [];
    try {
      const [prediction] = await this.models.predict(this.model.id, [row], asking.signal);
      if (asking !== this.#asking) return;
      this.prediction = prediction;
      this.problem = undefined;
    } catch (thrown) {
      if (asking === this.#asking && !isCancelled(thrown)) this.problem = thrown;
    }
  }

  /** What was predicted before stands for nothing that is in the form now. */
  #withhold(names: readonly string[]): void {
    this.#asking?.abort();
    this.#asking = undefined;
    this.unreadable = names;
  }

  override render() {
    return html`<section class="card" aria-labelledby="use"><h2 id="use">Use it</h2><div class="use">
      <bw-prediction-form .fields=${this.model.fields} @bw-row=${(event: CustomEvent<RawRow>) => this.#ask(event.detail)}
        @bw-unreadable=${(event: CustomEvent<string[]>) => this.#withhold(event.detail)}></bw-prediction-form>
      <div class="answer" role="group" aria-label="Prediction">${this.#answer()}</div>
    </div></section>`;
  }

  #answer() {
    if (this.unreadable.length > 0)
      return html`<bw-notice tone="warn" .message=${`No prediction: ${this.unreadable.join(', ')} cannot be read.`} advice="Correct it, or clear it where it is not known."></bw-notice>`;
    if (this.problem) return problemNotice(this.problem);
    const { prediction } = this;
    if (!prediction) return html`<p class="soft">Predicting…</p>`;
    const shown = typeof prediction.prediction === 'number' ? figure(prediction.prediction) : prediction.prediction;
    const bars = [...(prediction.probabilities ?? [])]
      .sort((one, other) => other.probability - one.probability)
      .slice(0, mostProbabilities)
      .map(({ value, probability }) => ({
        name: value,
        value: probability,
        shown: percentage(probability),
        emphasis: value === String(prediction.prediction),
      }));
    return html`<div role="status"><p class="small soft">${this.model.target}</p><p class="value">${shown}</p></div>
      ${bars.length > 0 ? html`<bw-bars .bars=${bars} label="Probability of each class"></bw-bars>` : ''}`;
  }
}
