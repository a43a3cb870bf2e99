/** Layers of one's own for a table's column: begun from a preset or from nothing, checked while they are written, timed, and trained with. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Devices } from '../../../compute/devices.js';
import type { Datasets } from '../../../data/datasets.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import { hasTexts, type Preset, presetsFor } from '../../../spec/preset.js';
import { recipesFor } from '../../../train/presets/auto.js';
import type { RecipeFacts } from '../../../train/recipe.js';
import type { Trainer, TrainingPlan } from '../../../train/trainer.js';
import { Live } from '../../contexts/live.js';
import { type Preferences, preferencesContext } from '../../contexts/preferences.js';
import { datasetsContext, devicesContext, trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import type { EditedLayer } from '../../layers/edit-layers.js';
import { type EditedSpec, readSpecText, textOf } from '../../layers/exchange.js';
import { type EditedNetwork, networkOf } from '../../layers/layer-rows.js';
import { isCancelled } from '../../problem.js';
import { saveAs } from '../../save-as.js';
import { UndoHistory, undoKey } from '../../undo.js';
import { presetTitle } from '../../words.js';
import { chosenTarget } from '../chosen-target.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { withStep } from '../pipeline/changes.js';
import { keepDraft, readDraft, withDraft } from '../pipeline/draft.js';
import { costCard } from './cost-card.js';
import { jsonCard } from './json-card.js';
import { keepLayers, readLayers } from './layers-draft.js';
import { layersStyles } from './layers-styles.js';
import { StepCard } from './step-card.js';
import '../../elements/layer-graph.js';
import '../../elements/layer-list.js';

@customElement('bw-layers-panel')
export class LayersPanel extends LitElement {
  static override styles = [...panelStyles, loadingStyles, layersStyles];

  /** The dataset's identifier. */
  @property() item = '';
  /** The target. */
  @property() detail = '';
  @consume({ context: datasetsContext }) private readonly datasets!: Datasets;
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: devicesContext }) private readonly devices!: Devices;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  @consume({ context: preferencesContext }) private readonly preferences!: Preferences;
  @state() private facts: RecipeFacts | undefined;
  @state() private problem: unknown;
  @state() private pasted: string | undefined;
  @state() private pasteProblem: unknown;
  @state() private beginning = false;
  #history: UndoHistory<EditedSpec> | undefined;
  #target = '';
  #leaving = new AbortController();

  readonly #dataset = new Live<DatasetRecord>(this, { load: () => this.#load(), kinds: ['dataset'], storage: () => this.storage });
  readonly #step = new StepCard(this, () => ({ devices: this.devices, preference: this.preferences.device }));

  constructor() {
    super();
    new PageHeading(this, () => `Layers for ${this.#dataset.value?.name ?? 'a table'}`);
    this.addEventListener('keydown', (event) => this.#key(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving.abort();
    this.#leaving = new AbortController();
  }

  async #load(): Promise<DatasetRecord> {
    const dataset = await this.datasets.get(this.item);
    this.#target = chosenTarget(dataset, this.detail);
    if (!this.#history) void this.#begin(undefined);
    return dataset;
  }

  /** Finds out what the network is given. @param preset to begin from; left out, what was begun, or else the automatic one */
  async #begin(preset: Preset | 'nothing' | undefined): Promise<void> {
    this.beginning = true;
    try {
      const asked = preset === undefined || preset === 'nothing' ? {} : { preset };
      const spec = withDraft({ target: this.#target, ...asked }, this.item);
      const { facts, lookedUp } = await this.trainer.plan({ dataset: this.item, spec }, this.#leaving.signal);
      this.facts = facts;
      this.problem = undefined;
      const kept = preset === undefined ? readLayers(this.item, this.#target) : undefined;
      const begun = kept ?? (preset === 'nothing' ? { layers: [] } : specOf(preset ?? 'auto', facts, this.#target));
      if (lookedUp.length > 0 && preset !== 'nothing') this.#keepSteps(lookedUp);
      if (this.#history) this.#change(begun);
      else this.#history = new UndoHistory(begun, (next) => keepLayers(this.item, this.#target, next));
    } catch (thrown) {
      if (!isCancelled(thrown)) this.problem = thrown;
    }
    this.beginning = false;
  }

  /** With layers of one's own nothing becomes a learnt vector by itself: the pipeline says so from now on. */
  #keepSteps(lookedUp: TrainingPlan['lookedUp']): void {
    const pipeline = lookedUp.reduce((changed, { column, as }) => withStep(changed, column, { as }), readDraft(this.item));
    keepDraft(this.item, pipeline);
  }

  #change(spec: EditedSpec): void {
    this.#move((history) => history.change(spec));
  }

  #move(act: (history: UndoHistory<EditedSpec>) => void): void {
    if (!this.#history) return;
    act(this.#history);
    this.#step.forget();
    this.pasted = undefined;
    this.pasteProblem = undefined;
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    const act = undoKey(event);
    if (act) this.#move((history) => history[act]());
  }

  #read(text: string, name: string): void {
    try {
      this.#change(readSpecText(text, name));
      this.toasts.show(`Read the layers of “${name}”.`, { label: 'Undo', run: () => this.#move((history) => history.undo()) });
    } catch (thrown) {
      this.pasted = text;
      this.pasteProblem = thrown;
    }
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.toasts.show('Copied.');
    } catch (thrown) {
      this.toasts.fail(thrown);
    }
  }

  override render() {
    const { value: dataset } = this.#dataset;
    const problem = this.#dataset.problem ?? this.problem;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">This table cannot have layers</h1>${problemNotice(problem, html`<a class="button" href=${dataset ? `#/train/${dataset.id}` : '#/'}>${dataset ? 'Back to the training' : 'All tables'}</a>`)}</div>`;
    const history = this.#history;
    const { facts } = this;
    if (!dataset || !history || !facts) return loading('What the network is given');
    const { state: spec } = history;
    const batchSize = spec.batchSize ?? recipesFor({ target: this.#target, layers: [] }, facts).main.batchSize;
    const network = networkOf(facts, spec.layers, batchSize);
    return html`<div class="page">${this.#header(dataset, history, network)}
      <div class="with-side"><div class="stack">${this.#begins(facts, dataset)}
        <section class="card" aria-labelledby="layers"><h2 id="layers">Layers</h2>
          <p class="small soft">Each reads the one before it, unless it says otherwise. Given: <span class="figures">${(facts.shape ?? [facts.inputs]).join(' × ')}</span> an example.</p>
          ${network.problems.map((each) => problemNotice(each))}
          <bw-layer-list .layers=${spec.layers} .rows=${network.rows} @bw-layers=${(event: CustomEvent<EditedLayer[]>) => this.#change({ ...spec, layers: event.detail })}></bw-layer-list></section>
        ${this.#json(dataset, spec)}</div>
      <div class="stack side">${costCard(network.totals, batchSize, (size) => this.#change({ ...spec, batchSize: size }))}
        ${this.#step.render(network.totals && { model: network.model, batchSize, rows: facts.rows })}
        <section class="card" aria-labelledby="graph"><h2 id="graph">Who reads whom</h2>
          <bw-layer-graph .inputShape=${facts.shape ?? [facts.inputs]} .layers=${network.rows.flatMap(({ description }) => description ?? [])}></bw-layer-graph>
          ${network.totals ? nothing : html`<p class="hint">As far as the layers go together.</p>`}</section></div></div></div>`;
  }

  #header(dataset: DatasetRecord, history: UndoHistory<EditedSpec>, network: EditedNetwork) {
    const address = `#/train/${dataset.id}/${encodeURIComponent(this.#target)}`;
    return html`<header class="page-header"><div><h1 tabindex="-1">Layers for ${dataset.name}</h1>
        <p class="lead">A network of your own, to learn <b>${this.#target}</b>. It is checked as you write; nothing runs before you say so.</p></div>
      <div class="row"><button type="button" class="quiet" ?disabled=${!history.canUndo} @click=${() => this.#move((each) => each.undo())}>Undo</button>
        <button type="button" class="quiet" ?disabled=${!history.canRedo} @click=${() => this.#move((each) => each.redo())}>Redo</button>
        ${
          network.totals
            ? html`<a class="button primary" href=${address} @click=${() => keepLayers(this.item, this.#target, history.state)}>Train with these</a>`
            : html`<button type="button" class="primary" disabled>Train with these</button>`
        }</div></header>`;
  }

  #begins(facts: RecipeFacts, dataset: DatasetRecord) {
    const learntFrom = {
      pictures: facts.shape !== undefined,
      series: facts.sequence !== undefined,
      texts: hasTexts(dataset.fields, this.#target),
      task: facts.task,
    };
    const choices = presetsFor(learntFrom).filter((preset) => preset !== 'auto' && preset !== 'linear');
    return html`<form class="card begins" @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void this.#begin(String(new FormData(event.currentTarget as HTMLFormElement).get('preset')) as Preset | 'nothing');
    }}><label>Begin again from<select name="preset">${choices.map((preset) => html`<option value=${preset} ?selected=${preset === choices[0]}>${presetTitle(preset)}</option>`)}<option value="nothing">nothing</option></select></label>
      <button ?disabled=${this.beginning}>${this.beginning ? 'Preparing…' : 'Begin'}</button></form>`;
  }

  #json(dataset: DatasetRecord, spec: EditedSpec) {
    const schema = new URL('schemas/training-spec.json', document.baseURI).href;
    const written = textOf(this.#target, spec, schema);
    const text = this.pasted ?? written;
    return jsonCard({
      text,
      schema,
      pasted: this.pasted !== undefined && this.pasted !== written,
      problem: this.pasteProblem,
      edit: (edited) => {
        this.pasted = edited;
        this.pasteProblem = undefined;
      },
      use: () => this.#read(text, 'the text'),
      reset: () => {
        this.pasted = undefined;
        this.pasteProblem = undefined;
      },
      copy: () => void this.#copy(text),
      save: () => saveAs(new Blob([written], { type: 'application/json' }), `${dataset.name} layers.json`),
      open: async (file) => this.#read(await file.text(), file.name),
    });
  }
}

/** The layers of the preset's recipe for this very data. The last is left out: the task adds it. */
function specOf(preset: Preset, facts: RecipeFacts, target: string): EditedSpec {
  const { model, batchSize } = recipesFor({ target, preset }, facts).main;
  return { layers: model.layers.slice(0, -1).map((layer) => ({ ...layer })), batchSize };
}
