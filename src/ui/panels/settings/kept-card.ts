/** What is kept, thing by thing: how much each takes, whether it is whole, and making room. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Inventory, KeptItem } from '../../../storage/inventory/inventory.js';
import type { Sweeps } from '../../../train/sweeps/sweeps.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { inventoryContext, sweepsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, counted } from '../../format.js';
import { CheckJob } from '../../jobs/check-job.js';
import type { Jobs } from '../../jobs/jobs.js';
import { Follow } from '../../observable.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/confirm-dialog.js';
import '../../elements/notice.js';
import '../../elements/progress-line.js';

/** As many as are looked through; the rest is a click away. */
const shownAtFirst = 8;

const kindWords: Record<KeptItem['kind'], string> = {
  dataset: 'table',
  run: 'run',
  model: 'model',
  'tensor-model': 'model',
  sweep: 'sweep',
  import: 'import cut off',
  profile: 'made again when wanted',
};

const routes: Partial<Record<KeptItem['kind'], string>> = {
  dataset: '#/data/',
  run: '#/runs/',
  model: '#/models/',
  'tensor-model': '#/tensors/',
  sweep: '#/sweeps/',
};

@customElement('bw-kept-card')
export class KeptCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`th[scope='row'] { overflow-wrap: anywhere; color: var(--text); } .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); }`,
  ];

  @consume({ context: inventoryContext }) private readonly inventory!: Inventory;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @query('#free') private readonly confirming!: ConfirmDialog;
  @query('#sweep') private readonly confirmingSweep!: ConfirmDialog;
  @consume({ context: sweepsContext }) private readonly sweeps!: Sweeps;
  /** About to be deleted. */
  @state() private sweep: KeptItem | undefined;
  @state() private all = false;
  @state() private done = '';
  @state() private problem: unknown;

  readonly #items = new Live(this, {
    load: () => this.inventory.items(),
    kinds: ['dataset', 'run', 'model', 'tensor-model', 'sweep', 'trial', 'import', 'setting'],
    storage: () => this.storage,
  });

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  async #try(work: () => Promise<string>): Promise<void> {
    this.problem = undefined;
    this.done = '';
    try {
      this.done = await work();
    } catch (thrown) {
      this.problem = thrown;
    }
    await this.#items.reload();
  }

  #check(): Promise<void> {
    return this.#try(async () => {
      const { state: how, result, problem } = await this.jobs.run(new CheckJob(this.inventory));
      if (how === 'failed') throw problem;
      if (!result) return 'Not all of it was checked.';
      return result.length === 0
        ? 'Everything is whole.'
        : `${counted(result.length, 'thing')} ${result.length === 1 ? 'is' : 'are'} damaged.`;
    });
  }

  override render() {
    const items = this.#items.value ?? [];
    const job = this.jobs.active.find((active) => active instanceof CheckJob);
    const deleted = items.filter((item) => item.deleted !== undefined);
    const shown = this.all ? items : items.slice(0, shownAtFirst);
    return html`<section class="card" aria-labelledby="kept"><h2 id="kept">What takes how much</h2>
      ${this.#items.problem ? problemNotice(this.#items.problem) : nothing}
      ${
        items.length === 0
          ? html`<p class="soft">Nothing is kept yet.</p>`
          : html`<div class="scroll" tabindex="0" role="group" aria-label="What takes how much"><table><thead><tr><th scope="col">Name</th><th scope="col">What</th><th scope="col" class="number">Takes</th><td></td></tr></thead>
        <tbody>${shown.map((item) => this.#row(item))}</tbody></table></div>
        <p class="hint">What several share is counted for each of them, and stored once.</p>`
      }
      ${items.length > shownAtFirst && !this.all ? html`<div><button type="button" class="quiet" @click=${() => this.#showAll()}>Show all ${items.length}</button></div>` : nothing}
      ${items.flatMap(({ damage, deleted: gone }) => (damage && gone === undefined ? [html`<bw-notice tone="bad" .message=${damage.message} .advice=${damage.advice}></bw-notice>`] : []))}
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.done ? html`<p role="status">${this.done}</p>` : nothing}
      ${
        job
          ? html`<bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
        <div><button type="button" @click=${() => job.cancel()}>Cancel</button></div>`
          : html`<div class="actions"><button type="button" ?disabled=${items.length === 0} @click=${() => this.#check()}>Check that it is whole</button>
        ${deleted.length > 0 ? html`<button type="button" class="danger" @click=${() => this.confirming.open()}>Free what was deleted…</button>` : nothing}</div>`
      }
      <bw-confirm-dialog id="free" heading="Delete it for good?" message=${`${deleted.map(({ name }) => `“${name}”`).join(', ')} cannot be restored any more. Otherwise it goes by itself a day after it was deleted.`} action="Delete for good"
        @bw-confirm=${() => this.#try(async () => `${bytes(await this.inventory.empty())} are free again.`)}></bw-confirm-dialog>
      <bw-confirm-dialog id="sweep" heading="Delete this sweep?" message=${`“${this.sweep?.name}” goes with all of its trials and what they kept to go on from. The winner's run and its model stay.`} action="Delete the sweep"
        @bw-confirm=${() => this.#removeSweep()}></bw-confirm-dialog>
    </section>`;
  }

  #askAbout(sweep: KeptItem): void {
    this.sweep = sweep;
    this.confirmingSweep.open();
  }

  #removeSweep(): Promise<void> {
    return this.#try(async () => {
      const { id, name } = this.sweep as KeptItem;
      await this.sweeps.remove(id);
      return `“${name}” is deleted. What it takes is free once what was deleted is freed.`;
    });
  }

  #showAll(): void {
    this.all = true;
  }

  #row(item: KeptItem) {
    const { kind, id, name, bytes: size, deleted, damage } = item;
    const route = deleted === undefined ? routes[kind] : undefined;
    return html`<tr><th scope="row">${route ? html`<a href=${route + id}>${name}</a>` : name}
      ${deleted === undefined ? nothing : html`<span class="chip">deleted</span>`}${damage ? html`<span class="chip bad">damaged</span>` : nothing}</th>
      <td>${kindWords[kind]}</td><td class="number">${bytes(size)}</td>
      <td>${kind === 'sweep' && deleted === undefined ? html`<button type="button" class="quiet icon-only" aria-label=${`Delete the sweep “${name}”`} @click=${() => this.#askAbout(item)}>${icon('remove')}</button>` : nothing}</td></tr>`;
  }
}
