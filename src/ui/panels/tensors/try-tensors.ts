/** Trying a model of another program: tensors as JSON in, its outputs as JSON out. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { InputError } from '../../../base/errors.js';
import { jsonOfTensor, tensorsOfJson } from '../../../infer/tensors/json.js';
import type { TensorAnswer, TensorModels } from '../../../infer/tensors/models.js';
import type { NamedTensor } from '../../../infer/tensors/tensor.js';
import type { TensorModelRecord } from '../../../spec/tensor-model.js';
import { tensorModelsContext } from '../../contexts/services.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { panelStyles } from '../panel-styles.js';
import { exampleText } from './example.js';
import '../../elements/code-block.js';
import '../../elements/progress-line.js';

/** Characters of an output: more says nothing to a reader. */
const mostShown = 4_000;

@customElement('bw-try-tensors')
export class TryTensors extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      /* Lines that are not broken are laid out ten times faster: a picture as tensors has half a million characters. */
      textarea { font: var(--size-2) / 1.5 var(--font-figures); min-block-size: 160px; resize: vertical; white-space: pre; overflow: auto; }
    `,
  ];

  @property({ attribute: false }) model!: TensorModelRecord;
  @consume({ context: tensorModelsContext }) private readonly tensorModels!: TensorModels;
  @state() private answer: TensorAnswer | undefined;
  @state() private problem: unknown;
  @state() private running: AbortController | undefined;
  @query('textarea') private readonly text!: HTMLTextAreaElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.abort();
  }

  async #run(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const running = new AbortController();
    this.running = running;
    this.problem = undefined;
    try {
      const tensors = tensorsOfJson(this.model.inputs, parsed(this.text.value));
      this.answer = await this.tensorModels.run(this.model.id, tensors, { signal: running.signal });
    } catch (thrown) {
      if (running.signal.aborted) return;
      this.answer = undefined;
      this.problem = thrown;
    } finally {
      this.running = undefined;
    }
  }

  override render() {
    return html`<section class="card" aria-labelledby="try"><h2 id="try">Try it</h2>
      <form class="stack" @submit=${this.#run}>
        <label>A tensor for each input, as nested lists in JSON<textarea spellcheck="false" .value=${exampleText(this.model.inputs)}></textarea></label>
        <div class="row"><button class="primary" ?disabled=${this.running !== undefined}>Run</button>
          ${this.running ? html`<button type="button" @click=${() => this.running?.abort()}>Cancel</button>` : nothing}</div>
      </form>
      ${this.running ? html`<bw-progress-line label="Running" detail="the first time, what runs ONNX files is loaded"></bw-progress-line>` : nothing}
      <div class="stack" role="status">${this.answer ? this.#answered(this.answer) : nothing}</div>
      ${this.problem ? problemNotice(this.problem) : nothing}
    </section>`;
  }

  #answered({ outputs, reason }: TensorAnswer) {
    return html`${outputs.map((tensor) => html`<h3>${tensor.name} <span class="soft small">${tensor.type} [${tensor.shape.join(', ')}]</span></h3><bw-code-block label=${`Output ${tensor.name}`} .code=${shortened(tensor)}></bw-code-block>`)}
      <p class="small soft">${reason}</p>`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError('invalid-json', `The inputs are not JSON: ${(cause as Error).message}`, {
      advice: 'Give an object with nested lists of values for each input.',
      cause,
    });
  }
}

function shortened(tensor: NamedTensor): string {
  const text = JSON.stringify(jsonOfTensor(tensor));
  return text.length > mostShown ? `${text.slice(0, mostShown)} … (${text.length - mostShown} characters more)` : text;
}
