/** How a table's columns become a network's inputs: what automatic chose and why, what one chooses instead, and real rows before and after. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Datasets } from '../../../data/datasets.js';
import { checkDerivations } from '../../../data/derive.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { Field } from '../../../spec/field.js';
import type { PipelineSpec } from '../../../spec/pipeline-spec.js';
import type { SavedPipeline } from '../../../spec/saved-pipeline.js';
import type { PipelinePreview, Pipelines } from '../../../train/pipelines.js';
import { Live } from '../../contexts/live.js';
import { datasetsContext, pipelinesContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, count, counted } from '../../format.js';
import { saveAs } from '../../save-as.js';
import { undoKey } from '../../undo.js';
import { chosenTarget } from '../chosen-target.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { taskOfTarget } from '../task-of-target.js';
import { derivedCard, stepsCard } from './cards.js';
import { withDerivation } from './changes.js';
import { Draft, isAutomatic } from './draft.js';
import { pipelineStyles } from './pipeline-styles.js';
import { rowsCard } from './rows-card.js';
import { readPipelineFile, savedCard } from './saved-card.js';
import '../../elements/derive-form.js';
import '../../elements/pipeline-preview.js';

@customElement('bw-pipeline-panel')
export class PipelinePanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, pipelineStyles];

  /** The dataset's identifier. */
  @property() item = '';
  /** The target. */
  @property() detail = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: pipelinesContext }) private readonly pipelines!: Pipelines;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @state() private preview: PipelinePreview | undefined;
  @state() private problem: unknown;
  @state() private working = false;
  #draft: Draft | undefined;
  #previewed = 0;

  readonly #dataset = new Live<DatasetRecord>(this, { load: () => this.#load(), kinds: ['dataset'], storage: () => this.storage });
  readonly #saved = new Live<SavedPipeline[]>(this, { load: () => this.pipelines.list(), kinds: ['setting'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => `Pipeline of ${this.#dataset.value?.name ?? 'a table'}`);
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  async #load(): Promise<DatasetRecord> {
    const dataset = await this.datasets.get(this.item);
    this.#draft ??= new Draft(this.item);
    void this.#look(dataset);
    return dataset;
  }

  /** Fits and transforms anew; an answer that was overtaken is dropped, what was there stays in sight until then. */
  async #look(dataset: DatasetRecord): Promise<void> {
    this.#previewed += 1;
    const number = this.#previewed;
    this.working = true;
    try {
      const preview = await this.pipelines.preview(dataset.id, {
        target: chosenTarget(dataset, this.detail),
        pipeline: this.#draft?.pipeline ?? {},
      });
      if (number !== this.#previewed) return;
      this.preview = preview;
      this.problem = undefined;
    } catch (thrown) {
      if (number !== this.#previewed) return;
      this.problem = thrown;
    }
    this.working = false;
  }

  #change = (pipeline: PipelineSpec): void => this.#move((draft) => draft.change(pipeline));

  #move(act: (draft: Draft) => void): void {
    const dataset = this.#dataset.value;
    if (!this.#draft || !dataset) return;
    act(this.#draft);
    this.requestUpdate();
    void this.#look(dataset);
  }

  #key(event: KeyboardEvent): void {
    const act = undoKey(event);
    if (act) this.#move((draft) => draft[act]());
  }

  async #save(name: string): Promise<void> {
    try {
      await this.pipelines.save(name, this.#draft?.pipeline ?? {});
      this.toasts.show(`Saved “${name.trim()}”.`);
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  async #remove({ id, name, pipeline }: SavedPipeline): Promise<void> {
    try {
      await this.pipelines.remove(id);
      this.toasts.show(`Deleted “${name}”.`, { label: 'Undo', run: async () => void (await this.pipelines.save(name, pipeline, id)) });
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  #export(name: string): void {
    const blob = new Blob([`${JSON.stringify(this.#draft?.pipeline ?? {}, null, 2)}\n`], { type: 'application/json' });
    saveAs(blob, `${name} pipeline.json`);
  }

  async #import(file: File): Promise<void> {
    try {
      this.#change(await readPipelineFile(file));
      this.toasts.show(`Read the pipeline of “${file.name}”.`, { label: 'Undo', run: () => this.#move((draft) => draft.undo()) });
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  override render() {
    const { value: dataset, problem } = this.#dataset;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">This table has no pipeline</h1>${problemNotice(problem, html`<a class="button" href="#/">All tables</a>`)}</div>`;
    const draft = this.#draft;
    if (!dataset || !draft) return loading('Pipeline');
    const target = chosenTarget(dataset, this.detail);
    const { pipeline } = draft;
    const fields = fieldsWith(dataset.fields, pipeline, target);
    const automatic = isAutomatic(pipeline);
    return html`<div class="page">
      <header class="page-header"><div><h1 tabindex="-1">Pipeline of ${dataset.name}</h1>
        <p class="lead">How its columns become what a network is given, to learn <b>${target}</b>. Left as it is, all is decided by the columns' types. <a href="#/data/${dataset.id}">The table</a></p></div>
        <div class="row"><button type="button" class="quiet" ?disabled=${!draft.canUndo} @click=${() => this.#move((each) => each.undo())}>Undo</button>
          <button type="button" class="quiet" ?disabled=${!draft.canRedo} @click=${() => this.#move((each) => each.redo())}>Redo</button>
          <button type="button" class="quiet" ?disabled=${automatic} @click=${() => this.#change({})}>All automatic</button>
          <a class="button primary" href=${`#/train/${dataset.id}/${encodeURIComponent(target)}`}>Train with this</a></div></header>
      ${this.problem ? problemNotice(this.problem) : nothing}
      <div class="with-side">
        <div class="stack">
          ${this.#figures(dataset)}
          ${stepsCard({ fields, target, pipeline, preview: this.preview, change: this.#change })}
          <section class="card" aria-labelledby="before"><h2 id="before">Before and after</h2>
            <p class="hint">Training rows of the seeded division, transformed by what was learnt from training rows alone.</p>
            ${this.preview ? html`<bw-pipeline-preview .preview=${this.preview}></bw-pipeline-preview>` : html`<p class="soft">${this.problem ? 'Nothing to show yet.' : 'Fitting…'}</p>`}</section>
        </div>
        <div class="stack">
          <section class="card" aria-labelledby="derive"><h2 id="derive">A new column</h2>
            <bw-derive-form .fields=${fields} .target=${target} @bw-derive=${({ detail }: CustomEvent<Parameters<typeof withDerivation>[1]>) => this.#change(withDerivation(pipeline, detail))}></bw-derive-form></section>
          ${derivedCard({ pipeline, change: this.#change })}
          ${rowsCard({ dataset, target, task: taskOfTarget(dataset.fields, target).decided?.task, classes: this.preview?.classes ?? [], pipeline, change: this.#change })}
          ${savedCard({
            saved: this.#saved.value ?? [],
            empty: automatic,
            use: (saved) => this.#change(saved.pipeline),
            remove: (saved) => void this.#remove(saved),
            save: (name) => void this.#save(name),
            exported: () => this.#export(dataset.name),
            imported: (file) => void this.#import(file),
          })}
        </div>
      </div>
    </div>`;
  }

  #figures({ rows }: DatasetRecord) {
    const { preview } = this;
    const figure = (value: string, words: string) => html`<p class="figure">${value}<small>${words}</small></p>`;
    return html`<section class="card figures-card" aria-label="What comes of it" aria-busy=${this.working ? 'true' : 'false'}>
      ${figure(preview ? count(preview.inputs) : '…', 'inputs a row')}
      ${figure(preview ? count(preview.rows.training) : '…', 'training rows looked at')}
      ${figure(preview ? bytes(preview.bytes) : '…', 'memory for them all')}
      ${preview && preview.looked < rows ? html`<p class="hint wide">Fitted on the first ${counted(preview.looked, 'row')} to be quick; a training looks at all ${count(rows)}.</p>` : nothing}
    </section>`;
  }
}

/** The table's fields with those derived, as far as they can be read. */
function fieldsWith(fields: readonly Field[], { derive = [] }: PipelineSpec, target: string): readonly Field[] {
  try {
    return checkDerivations(derive, fields, target).fields;
  } catch {
    return fields;
  }
}
