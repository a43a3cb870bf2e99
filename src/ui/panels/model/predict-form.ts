/** A model's form and, beside it, the prediction for what stands in it, renewed at every change. */
import { consume } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Models, Prediction, RawRow } from '../../../infer/models.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { modelsContext } from '../../contexts/services.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { isCancelled } from '../../problem.js';
import { panelStyles } from '../panel-styles.js';
import { answer } from './answer.js';
import { predictStyles } from './predict-styles.js';
import '../../elements/notice.js';
import '../../elements/prediction-form.js';

@customElement('bw-predict-form')
export class PredictForm extends LitElement {
  static override styles = [
    ...panelStyles,
    predictStyles,
    css`
    bw-prediction-form { max-block-size: 560px; overflow: auto; padding: 3px; margin: -3px; }
    @media (max-width: 900px) { .answer { order: -1; } bw-prediction-form { max-block-size: none; } }
  `,
  ];

  @property({ attribute: false }) model!: ModelRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @state() private prediction: Prediction | undefined;
  @state() private problem: unknown;
  @state() private unreadable: readonly string[] = [];
  #asking: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

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
    return answer(this.model.target, prediction);
  }
}
