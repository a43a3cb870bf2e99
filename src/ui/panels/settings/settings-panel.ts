/** What holds for this machine: the device, what is kept, and how to delete it. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { InputError } from '../../../base/errors.js';
import { version } from '../../../base/version.js';
import type { DeviceDescription, Devices } from '../../../compute/devices.js';
import { type DevicePreference, deviceNames } from '../../../spec/device-name.js';
import { askToPersist } from '../../../storage/quota.js';
import type { Trainer } from '../../../train/trainer.js';
import { jobsContext } from '../../contexts/jobs.js';
import { Live } from '../../contexts/live.js';
import { type Preferences, preferencesContext } from '../../contexts/preferences.js';
import { devicesContext, trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { problemNotice } from '../../elements/problem-notice.js';
import type { Jobs } from '../../jobs/jobs.js';
import { Follow } from '../../observable.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import { storageCard } from './storage-card.js';
import '../../elements/confirm-dialog.js';
import './kept-card.js';
import './project-card.js';

@customElement('bw-settings-panel')
export class SettingsPanel extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
    .page { max-inline-size: 760px; }
    fieldset { border: 0; padding: 0; margin: 0; display: grid; gap: 2px; }
    .choice { display: grid; grid-template-columns: 24px minmax(0, 1fr); gap: 0 var(--space-2); align-items: center; min-block-size: var(--touch); padding: var(--space-1) 0; color: var(--text); font-size: var(--size-3); }
    .choice small { grid-column: 2; color: var(--text-soft); font-size: var(--size-2); overflow-wrap: anywhere; }
    .danger { justify-self: start; }
    meter { inline-size: 100%; block-size: 12px; }
  `,
  ];

  @property() item = '';
  @consume({ context: devicesContext }) private readonly devices!: Devices;
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: preferencesContext }) private readonly preferences!: Preferences;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  @query('bw-confirm-dialog') private readonly confirming!: ConfirmDialog;
  @state() private persistenceRefused = false;
  @state() private problem: unknown;

  readonly #available = new Live<DeviceDescription[]>(this, {
    load: () => this.devices.available(),
    kinds: [],
    storage: () => this.storage,
  });
  readonly #usage = new Live(this, { load: () => this.storage.usage(), kinds: ['dataset', 'run', 'model'], storage: () => this.storage });

  constructor() {
    super();
    new PageHeading(this, () => 'Settings');
    new Follow(this, () => this.preferences);
    new Follow(this, () => this.jobs);
  }

  async #persist(): Promise<void> {
    this.persistenceRefused = !(await askToPersist());
    await this.#usage.reload();
  }

  /** A training of another tab would lose its table and its checkpoints. */
  async #refuseWhileTraining(): Promise<void> {
    const run = (await this.trainer.runs()).find(({ status }) => status === 'running');
    if (!run) return;
    throw new InputError('run-active', `“${run.name}” is being trained in another tab.`, {
      advice: 'Wait for it, or stop it there. Nothing has been deleted.',
    });
  }

  async #erase(): Promise<void> {
    try {
      await this.#refuseWhileTraining();
      const { eraseEverything } = await import('../../../host/browser/erase.js');
      await eraseEverything();
      location.hash = '#/';
      location.reload();
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  override render() {
    return html`<div class="page"><header><h1 tabindex="-1">Settings</h1></header>
      <section class="card" aria-labelledby="device"><h2 id="device">Where models train</h2>
        <fieldset aria-labelledby="device">${this.#choice('auto', 'Fastest, by measuring', 'A few steps of the very model on every device; the quickest that gives the right answers is used and remembered.', true)}
          ${deviceNames.map((name) => {
            const description = this.#available.value?.find(({ device }) => device === name);
            return this.#choice(name, name, description?.description ?? 'Looking…', description?.available ?? true);
          })}</fieldset>
        ${this.#available.problem ? problemNotice(this.#available.problem) : nothing}
      </section>
      ${storageCard({ usage: this.#usage.value, refused: this.persistenceRefused, persist: () => this.#persist() })}
      <bw-kept-card></bw-kept-card>
      <bw-project-card></bw-project-card>
      <section class="card" aria-labelledby="erase"><h2 id="erase">Delete everything</h2>
        <p>Deletes every table, run and model in this browser. There is no way back.</p>
        ${this.problem ? problemNotice(this.problem) : nothing}
        ${this.jobs.active.length > 0 ? html`<p class="hint">Work is running: let it end, or cancel it, first.</p>` : nothing}
        <button type="button" class="danger" ?disabled=${this.jobs.active.length > 0} @click=${() => this.confirming.open()}>Delete everything…</button></section>
      <section class="card" aria-labelledby="version"><h2 id="version">Version</h2>
        <dl class="facts"><dt>Benchwright</dt><dd>${version}</dd><dt>cores of this machine</dt><dd>${navigator.hardwareConcurrency}</dd></dl></section>
      <bw-confirm-dialog heading="Delete everything?" message="Every table, run and model in this browser goes. There is no way back." action="Delete everything" @bw-confirm=${this.#erase}></bw-confirm-dialog>
    </div>`;
  }

  #choice(device: DevicePreference, title: string, description: string, available: boolean) {
    return html`<label class="choice"><input type="radio" name="device" .checked=${this.preferences.device === device} ?disabled=${!available}
      @change=${() => {
        this.preferences.device = device;
      }} /> ${title}<small>${description}</small></label>`;
  }
}
