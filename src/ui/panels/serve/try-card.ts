/** A question to a deployment, asked over its address as any script would: a form, the JSON that it makes, the answer, and code to copy. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AnyModelRecord, Models, RawRow } from '../../../infer/models.js';
import type { TensorModels } from '../../../infer/tensors/models.js';
import { inferenceType } from '../../../serve/tensors/datatypes.js';
import type { DeploymentRecord } from '../../../spec/deployment.js';
import type { TensorSpec } from '../../../spec/tensor-model.js';
import { modelsContext, tensorModelsContext } from '../../contexts/services.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { emit } from '../../events.js';
import { stepTime } from '../../format.js';
import { isCancelled } from '../../problem.js';
import { pathOf, type ServedProtocol, type Target } from '../../serving/address.js';
import { bodyOf, pictureBody } from '../../serving/bodies.js';
import { snippetsOf } from '../../serving/snippets.js';
import { panelStyles } from '../panel-styles.js';
import { example, exampleExtents } from '../tensors/example.js';
import '../../elements/code-block.js';
import '../../elements/notice.js';
import '../../elements/prediction-form.js';

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
      textarea { font: var(--size-2) / 1.5 var(--font-figures); min-block-size: 160px; resize: vertical; }
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
  @state() private protocol: ServedProtocol = 'tensorflow';
  @state() private target = 'newest';
  @state() private row: RawRow | undefined;
  @state() private picture: string | undefined;
  /** What is sent; it may have been written by hand. */
  @state() private body = '';
  @state() private snippet = 0;
  @state() private asking: AbortController | undefined;
  @state() private answer: Answered | undefined;
  @state() private problem: unknown;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('deployment') || changed.has('target')) void this.#find();
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

  /** The model that is asked says what the form has. */
  async #find(): Promise<void> {
    const target = this.#target;
    const { versions } = this.deployment;
    const wanted =
      target.kind === 'newest'
        ? (versions.findLast(({ loaded }) => loaded) ?? versions.at(-1))
        : versions.find(({ version }) => version === target.version);
    if (!wanted || wanted.model === this.model?.id) return;
    try {
      const foreign = (await this.tensorModels.list()).find(({ id }) => id === wanted.model);
      this.model = foreign ?? (await this.models.get(wanted.model));
      this.problem = undefined;
      if (foreign) this.#write();
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  #bodies(): Record<ServedProtocol, unknown> | undefined {
    const { model, row, picture } = this;
    if (!model) return undefined;
    if (model.kind === 'tensor-model') return tensorBodies(model.inputs);
    const one = (protocol: ServedProtocol): unknown => {
      if (picture !== undefined) return pictureBody(protocol, model.fields[0], picture);
      return row && bodyOf(protocol, model.fields, row);
    };
    return { tensorflow: one('tensorflow'), inference: one('inference') };
  }

  #write(): void {
    const body = this.#bodies()?.[this.protocol];
    if (body !== undefined) this.body = JSON.stringify(body, undefined, this.picture === undefined ? 2 : undefined);
  }

  #rowChanged(row: RawRow): void {
    this.row = row;
    this.#write();
  }

  async #pictureChosen(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    this.picture = btoa(text);
    this.#write();
  }

  async #ask(): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    this.answer = undefined;
    this.problem = undefined;
    const started = performance.now();
    try {
      const address = new URL(pathOf(this.protocol, this.deployment.id, this.#target), document.baseURI);
      const response = await fetch(address, { method: 'POST', body: this.body, signal: asking.signal });
      const text = await response.text();
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
        <label>Which<select @change=${(event: Event) => (this.target = (event.target as HTMLSelectElement).value)}>${this.#targets()}</select></label>
        <label>Protocol<select @change=${(event: Event) => this.#chooseProtocol((event.target as HTMLSelectElement).value)}>${protocols.map(({ protocol, title }) => html`<option value=${protocol} ?selected=${protocol === this.protocol}>${title}</option>`)}</select></label>
      </div>
      <div class="sides"><div class="stack">${this.#form()}</div>
        <div class="stack"><label>POST <span class="path">${pathOf(this.protocol, this.deployment.id, this.#target)}</span>
          <textarea spellcheck="false" .value=${live(this.body)} @input=${(event: Event) => (this.body = (event.target as HTMLTextAreaElement).value)}></textarea></label>
          <div class="row">${
            this.asking
              ? html`<button type="button" @click=${() => this.asking?.abort()}>Cancel</button>`
              : html`<button type="button" class="primary" ?disabled=${this.body === ''} @click=${this.#ask}>Ask</button>`
          }</div>
          <div role="status">${this.#answered()}</div></div></div>
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.#code()}</section>`;
  }

  #targets() {
    const { labels, versions } = this.deployment;
    const all = [
      'newest',
      ...labels.map(({ label }) => `label ${label}`),
      ...[...versions].reverse().map(({ version }) => `version ${version}`),
    ];
    return all.map(
      (one) => html`<option value=${one} ?selected=${one === this.target}>${one === 'newest' ? 'the newest that answers' : one}</option>`,
    );
  }

  #chooseProtocol(value: string): void {
    this.protocol = value as ServedProtocol;
    this.#write();
  }

  #form() {
    const { model } = this;
    if (!model) return html`<p class="soft">Reading the model…</p>`;
    if (model.kind === 'tensor-model')
      return html`<p class="soft">A model of another program: it takes tensors. Write them into the request as nested lists.</p>`;
    if (model.fields.some(({ type }) => type === 'picture'))
      return html`<label>Picture, as PNG, JPEG or WebP<input type="file" accept="image/png,image/jpeg,image/webp" @change=${this.#pictureChosen}></label>`;
    return html`<bw-prediction-form .fields=${model.fields} @bw-row=${(event: CustomEvent<RawRow>) => this.#rowChanged(event.detail)}></bw-prediction-form>`;
  }

  #answered() {
    if (this.asking) return html`<p class="soft">Asking…</p>`;
    if (!this.answer) return nothing;
    const { status, milliseconds, version, text } = this.answer;
    const told = html`<p class="small soft">${status} · ${stepTime(milliseconds)}${version === null ? nothing : ` · version ${version} answered`}</p>`;
    if (status >= 400) return html`<bw-notice tone="bad" .message=${errorIn(text)}>${told}</bw-notice>`;
    return html`${told}<bw-code-block label="Answer" .code=${indented(text)}></bw-code-block>`;
  }

  #code() {
    const bodies = this.#bodies();
    if (!bodies?.tensorflow || this.model?.kind !== 'model') return nothing;
    const text = (of: unknown): string => JSON.stringify(of);
    const snippets = snippetsOf({
      name: this.deployment.id,
      target: this.#target,
      bodies: { tensorflow: text(bodies.tensorflow), inference: text(bodies.inference) },
    });
    const { title, code } = snippets[this.snippet];
    return html`<details><summary>Code to copy</summary><div class="stack">
      <label>For<select @change=${(event: Event) => (this.snippet = (event.target as HTMLSelectElement).selectedIndex)}>${snippets.map((each, index) => html`<option ?selected=${index === this.snippet}>${each.title}</option>`)}</select></label>
      <bw-code-block .label=${title} .code=${code}></bw-code-block></div></details>`;
  }
}

/** Zeros to begin with, in the words of each protocol. */
function tensorBodies(inputs: readonly TensorSpec[]): Record<ServedProtocol, unknown> {
  const tensors = inputs.map((spec) => ({
    name: spec.name,
    shape: exampleExtents(spec),
    datatype: inferenceType(spec.type),
    data: [example(spec)].flat(),
  }));
  return { tensorflow: { inputs: Object.fromEntries(inputs.map((spec) => [spec.name, example(spec)])) }, inference: { inputs: tensors } };
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
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
