/**
 * A question to a deployment, asked over its address as any script would: the JSON, which a form writes where the model is one of ours, the answer,
 * and code to copy.
 */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import type { AnyModelRecord, Models, RawRow } from '../../../infer/models.js';
import type { TensorModels } from '../../../infer/tensors/models.js';
import type { DeploymentRecord } from '../../../spec/deployment.js';
import { modelsContext, tensorModelsContext } from '../../contexts/services.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { emit } from '../../events.js';
import { count, stepTime } from '../../format.js';
import { isCancelled } from '../../problem.js';
import { pathOf, type ServedProtocol, type Target } from '../../serving/address.js';
import { askServed } from '../../serving/ask.js';
import { readable } from '../../serving/readable.js';
import type { Snippet } from '../../serving/snippets.js';
import { panelStyles } from '../panel-styles.js';
import { tensorList } from '../tensors/inspection-cards.js';
import { type Bodies, bodiesOf, type Given, snippetsFor, takenBy } from './question.js';
import '../../elements/code-block.js';
import '../../elements/notice.js';
import '../../elements/prediction-form.js';
import './question-code.js';

interface Answered {
  status: number;
  milliseconds: number;
  version: string | null;
  text: string;
}

const protocols: readonly { protocol: ServedProtocol; title: string }[] = [
  { protocol: 'tensorflow', title: 'TensorFlow Serving' },
  { protocol: 'inference', title: 'Open Inference V2' },
];

@customElement('bw-try-card')
export class TryCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .choices { display: flex; gap: var(--space-3); flex-wrap: wrap; }
      .choices label { flex: 1 1 180px; }
      /* Lines that are not broken are laid out ten times faster: a picture as tensors has half a million characters. */
      textarea { font: var(--size-2) / 1.5 var(--font-figures); min-block-size: 160px; resize: vertical; white-space: pre; overflow: auto; }
      bw-prediction-form { max-block-size: 420px; overflow: auto; padding: 3px; margin: -3px; }
      .path { font: var(--size-2) / 1.5 var(--font-figures); overflow-wrap: anywhere; }
      .sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--space-4); align-items: start; }
      @media (max-width: 1180px) { .sides { grid-template-columns: minmax(0, 1fr); } bw-prediction-form { max-block-size: none; } }
    `,
  ];

  @property({ attribute: false }) deployment!: DeploymentRecord;
  @consume({ context: modelsContext }) private readonly models!: Models;
  @consume({ context: tensorModelsContext }) private readonly tensorModels!: TensorModels;
  @state() private model: AnyModelRecord | undefined;
  /** The id of the model that is on its way: what is in sight is about an earlier one until it has come. */
  @state() private reading: string | undefined;
  @state() private protocol: ServedProtocol = 'tensorflow';
  @state() private target = 'newest';
  @state() private given: Given = {};
  /** What is sent; it may have been written by hand. */
  @state() private body = '';
  @state() private asking: AbortController | undefined;
  @state() private answer: Answered | undefined;
  @state() private problem: unknown;
  #bodies: Bodies | undefined;
  #snippets: readonly Snippet[] = [];
  #written = '';

  protected override willUpdate(changed: PropertyValues): void {
    const has = (...names: string[]): boolean => names.some((name) => changed.has(name));
    if (has('deployment', 'target')) void this.#find();
    if (has('model', 'given')) this.#bodies = this.model && bodiesOf(this.model, this.given);
    if (has('model', 'given', 'protocol')) this.#write();
    if (this.reading === undefined && has('model', 'reading', 'given', 'deployment', 'target'))
      this.#snippets = this.model ? snippetsFor(this.model, this.#bodies, this.deployment.id, this.#target) : [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asking?.abort();
  }

  get #target(): Target {
    const { labels, versions } = this.deployment;
    const label = labels.find((each) => this.target === `label ${each.label}`);
    if (label) return { kind: 'label', ...label };
    const found = versions.find(({ version }) => this.target === `version ${version}`);
    return found ? { kind: 'version', version: found.version } : { kind: 'newest' };
  }

  get #wanted(): string | undefined {
    const target = this.#target;
    const { versions, traffic } = this.deployment;
    if (target.kind !== 'newest') return versions.find(({ version }) => version === target.version)?.model;
    if (traffic) {
      // Versions that callers are divided among take the same, or some callers would be refused: the form is of the one that most get.
      const most = traffic.arms.reduce((one, other) => (other.weight > one.weight ? other : one));
      return versions.find(({ version }) => version === most.version)?.model;
    }
    return (versions.findLast(({ loaded }) => loaded) ?? versions.at(-1))?.model;
  }

  /** The model that is asked says what the form has. */
  async #find(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === undefined || wanted === (this.reading ?? this.model?.id)) return;
    this.reading = wanted;
    this.problem = undefined;
    let found: AnyModelRecord | undefined;
    let problem: unknown;
    try {
      found = (await this.tensorModels.list()).find(({ id }) => id === wanted) ?? (await this.models.get(wanted));
    } catch (thrown) {
      problem = thrown;
    }
    if (this.reading !== wanted) return;
    this.reading = undefined;
    this.problem = problem;
    if (!found || !this.model || takenBy(found) !== takenBy(this.model)) this.given = {};
    this.model = found;
  }

  /** Only where something else is to be written: what was written by hand stays until then. */
  #write(): void {
    const body = this.#bodies?.[this.protocol];
    const written = body === undefined ? '' : this.given.picture === undefined ? readable(body) : JSON.stringify(body);
    if (written !== this.#written) this.body = written;
    this.#written = written;
  }

  async #pictureChosen(event: Event): Promise<void> {
    const { model } = this;
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    if (model === this.model) this.given = { picture: btoa(text) };
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    this.answer = undefined;
    this.problem = undefined;
    const started = performance.now();
    try {
      const address = new URL(pathOf(this.protocol, this.deployment.id, this.#target), document.baseURI);
      const response = await askServed(address, this.body, asking.signal);
      const text = await response.text();
      asking.signal.throwIfAborted();
      this.answer = {
        status: response.status,
        milliseconds: performance.now() - started,
        version: response.headers.get('x-benchwright-version'),
        text,
      };
    } catch (thrown) {
      if (!isCancelled(thrown)) this.problem = thrown;
    } finally {
      this.asking = undefined;
      emit(this, 'bw-asked');
    }
  }

  override render() {
    return html`<section class="card" aria-labelledby="try"><h2 id="try">Try it</h2>
      <div class="choices">
        <label>Which<select @change=${(event: Event) => this.#chooseTarget((event.target as HTMLSelectElement).value)}>${this.#targets()}</select></label>
        <label>Protocol<select @change=${(event: Event) => (this.protocol = (event.target as HTMLSelectElement).value as ServedProtocol)}>${protocols.map(({ protocol, title }) => html`<option value=${protocol} ?selected=${protocol === this.protocol}>${title}</option>`)}</select></label>
      </div>
      <div class="sides"><div class="stack">${this.#form()}</div>
        <div class="stack"><label>POST <span class="path">${pathOf(this.protocol, this.deployment.id, this.#target)}</span>
          <textarea spellcheck="false" .value=${live(this.body)} @input=${(event: Event) => (this.body = (event.target as HTMLTextAreaElement).value)}></textarea></label>
          <div class="row">${
            this.asking
              ? html`<button type="button" @click=${() => this.asking?.abort()}>Cancel</button>`
              : html`<button type="button" class="primary" ?disabled=${this.body === '' || this.reading !== undefined} @click=${this.#ask}>Ask</button>`
          }</div>
          <div role="status">${this.#answered()}</div></div></div>
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.#snippets.length > 0 ? html`<bw-question-code .snippets=${this.#snippets}></bw-question-code>` : nothing}</section>`;
  }

  #targets() {
    const { labels, versions, traffic } = this.deployment;
    const anybody = traffic ? 'as callers are divided' : 'the newest that answers';
    const all = [
      'newest',
      ...labels.map(({ label }) => `label ${label}`),
      ...[...versions].reverse().map(({ version }) => `version ${version}`),
    ];
    return all.map((one) => html`<option value=${one} ?selected=${one === this.target}>${one === 'newest' ? anybody : one}</option>`);
  }

  /** An answer stands under the address that gave it. */
  #chooseTarget(target: string): void {
    this.target = target;
    this.asking?.abort();
    this.answer = undefined;
  }

  #form() {
    const { model } = this;
    if (!model) return this.reading === undefined ? nothing : html`<p class="soft">Reading the model…</p>`;
    return keyed(takenBy(model), this.#formOf(model));
  }

  #formOf(model: AnyModelRecord) {
    if (model.kind === 'tensor-model')
      return html`<div class="stack"><p class="soft">A model of another program: it takes tensors, as nested lists.
        ${this.#bodies ? 'Zeros stand there to begin with.' : 'They are too large to be written by hand: the code to copy sends zeros.'}</p>
        ${tensorList('Inputs', model.inputs)}${tensorList('Outputs', model.outputs)}</div>`;
    if (model.fields.some(({ type }) => type === 'picture'))
      return html`<label>Picture, as PNG, JPEG or WebP<input type="file" accept="image/png,image/jpeg,image/webp" @change=${this.#pictureChosen}></label>`;
    return html`<bw-prediction-form .fields=${model.fields} @bw-row=${(event: CustomEvent<RawRow>) => (this.given = { row: event.detail })}></bw-prediction-form>`;
  }

  #answered() {
    if (this.asking) return html`<p class="soft">Asking…</p>`;
    if (!this.answer) return nothing;
    const { status, milliseconds, version, text } = this.answer;
    const told = html`<p class="small soft">${status} · ${stepTime(milliseconds)}${version === null ? nothing : ` · version ${version} answered`}</p>`;
    if (status >= 400) return html`<bw-notice tone="bad" .message=${errorIn(text)}>${told}</bw-notice>`;
    return html`${told}<bw-code-block label="Answer" .code=${indented(text)}></bw-code-block>`;
  }
}

/** Characters of an answer: more says nothing to a reader. */
const mostShown = 20_000;

function indented(text: string): string {
  const shown = readableJson(text);
  return shown.length > mostShown ? `${shown.slice(0, mostShown)} … (${count(shown.length - mostShown)} characters more)` : shown;
}

function readableJson(text: string): string {
  try {
    return readable(JSON.parse(text));
  } catch {
    // NaN and Infinity stand in it as bare words.
    return text;
  }
}

/** In the protocol's words. */
function errorIn(text: string): string {
  try {
    return (JSON.parse(text) as { error?: string }).error ?? text;
  } catch {
    return text;
  }
}
