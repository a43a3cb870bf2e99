/** What a deployment was asked and answered, as far as it is kept: how much there is, what is kept from now on, taken out and deleted. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Deployments } from '../../../serve/deployments.js';
import type { LogSummary, Logs } from '../../../serve/log/logs.js';
import type { DeploymentRecord } from '../../../spec/deployment.js';
import type { LogSettings } from '../../../spec/prediction-log.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext, logsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import type { ConfirmDialog } from '../../elements/confirm-dialog.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, count, counted } from '../../format.js';
import type { Exported } from '../../jobs/export-job.js';
import { codeOf } from '../../problem.js';
import { instant } from '../../serving/instant.js';
import { outcomeSnippet } from '../../serving/snippets.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/code-block.js';
import '../../elements/confirm-dialog.js';
import '../write-file.js';
import './log-settings.js';

@customElement('bw-log-card')
export class LogCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      h2:focus { outline: none; }
      .facts, details > .stack { max-inline-size: 480px; }
      .caller { display: grid; gap: var(--space-3); }
      .danger { justify-self: start; }
    `,
  ];

  @property({ attribute: false }) deployment!: DeploymentRecord;
  @property({ type: Boolean }) hasTensors = false;
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: logsContext }) private readonly logs!: Logs;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  /** The version that is taken out; undefined: all. */
  @state() private version: number | undefined;
  /** The caller whose rows are asked about before they go; empty: everybody. */
  @state() private caller = '';
  /** Of the settings, and of deleting. */
  @state() private refused: unknown;
  @state() private problem: unknown;
  @query('h2') private readonly heading!: HTMLElement;
  @query('bw-confirm-dialog') private readonly confirming!: ConfirmDialog;
  @query('input[name=caller]') private readonly callerField!: HTMLInputElement;

  readonly #log = new Live<LogSummary | 'none'>(this, {
    load: () => this.#load(),
    kinds: ['log'],
    storage: () => this.storage,
  });

  async #load(): Promise<LogSummary | 'none'> {
    try {
      return await this.logs.get(this.deployment.id);
    } catch (thrown) {
      if (codeOf(thrown) === 'unknown-log') return 'none';
      throw thrown;
    }
  }

  async #keep({ detail }: CustomEvent<LogSettings | undefined>): Promise<void> {
    this.refused = undefined;
    try {
      this.deployment = await this.deployments.keepLog(this.deployment.id, detail ?? undefined);
      this.heading.focus();
    } catch (thrown) {
      this.refused = thrown;
    }
  }

  #ask(caller: string): void {
    this.caller = caller;
    void this.updateComplete.then(() => this.confirming.open());
  }

  async #remove(): Promise<void> {
    const { caller } = this;
    this.problem = undefined;
    try {
      const gone = await this.logs.remove(this.deployment.id, caller === '' ? undefined : { unit: caller });
      const whose = caller === '' ? '' : ` of “${caller}”`;
      this.toasts.show(gone === 0 ? `Nothing${whose} was in the log.` : `${counted(gone, 'row')}${whose} deleted from the log.`);
      if (this.callerField) this.callerField.value = '';
      this.heading.focus();
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  override render() {
    const { value, problem } = this.#log;
    const { id, log } = this.deployment;
    return html`<section class="card" aria-labelledby="log"><h2 id="log" tabindex="-1">Log</h2>
      <bw-log-settings .settings=${log} ?hasTensors=${this.hasTensors} .problem=${this.refused} @bw-keep=${this.#keep} @bw-discard=${() => (this.refused = undefined)}></bw-log-settings>
      ${problem ? problemNotice(problem, html`<button type="button" @click=${() => this.#log.reload()}>Try again</button>`) : nothing}
      ${value === undefined ? nothing : value === 'none' || value.rows + value.outcomes === 0 ? this.#empty(value) : this.#kept(value)}
      ${this.problem ? problemNotice(this.problem) : nothing}
      <bw-confirm-dialog heading=${this.caller === '' ? 'Delete the whole log?' : `Delete what “${this.caller}” asked?`} action="Delete" @bw-confirm=${this.#remove}
        message=${this.caller === '' ? `All that is kept of what “${id}” was asked and answered goes, with what came of it. That cannot be undone.` : 'All rows of this caller go, with what came of them. That cannot be undone.'}></bw-confirm-dialog>
    </section>`;
  }

  #empty(value: LogSummary | 'none') {
    const dropped = value === 'none' || value.dropped === 0 ? '' : ` ${counted(value.dropped, 'row')} grew too old, or made room.`;
    return html`<p class="soft" role="status">${this.deployment.log ? 'Nobody has asked since. A row is here about a second after it was answered.' : 'Nothing is in the log.'}${dropped}</p>`;
  }

  #kept({ rows, versions, from, to, outcomes, dropped, bytes: size }: LogSummary) {
    return html`<dl class="facts">
        <dt>rows</dt><dd>${count(rows)}</dd>
        <dt>of ${versions.length === 1 ? 'version' : 'versions'}</dt><dd>${versions.join(', ')}</dd>
        ${from === undefined || to === undefined ? nothing : html`<dt>from</dt><dd>${instant(from)}</dd><dt>to</dt><dd>${instant(to)}</dd>`}
        <dt>outcomes told</dt><dd>${count(outcomes)}</dd>
        <dt>dropped by the bounds</dt><dd>${count(dropped)}</dd>
        <dt>size</dt><dd>${bytes(size)}</dd></dl>
      <details><summary>Take it out</summary><div class="stack">
        ${
          versions.length > 1
            ? html`<label>Rows of<select @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                this.version = value === '' ? undefined : Number(value);
              }}><option value="">all versions</option>${versions.map((each) => html`<option value=${each} ?selected=${each === this.version}>version ${each}</option>`)}</select></label>`
            : nothing
        }
        <bw-write-file .exported=${this.#exported(rows)}></bw-write-file></div></details>
      ${this.deployment.log ? this.#outcomes() : nothing}
      <details><summary>Delete rows</summary><div class="stack">
        <form class="caller" @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          this.#ask(this.callerField.value.trim());
        }}><label>Caller, as it says in <span class="figures">x-benchwright-unit</span><input name="caller" required maxlength="1000" pattern=".*\\S.*" autocomplete="off" spellcheck="false"></label>
          <button class="danger">${icon('remove')} Delete what this caller asked</button></form>
        <button type="button" class="danger" @click=${() => this.#ask('')}>${icon('remove')} Delete the whole log</button></div></details>`;
  }

  #outcomes() {
    return html`<details><summary>Tell what came of an answer</summary><div class="stack">
      <p class="small">Each answer has an id in its header. What came of it later, a purchase or the true value, is told by that id, stands beside its row, and is what experiments compare.</p>
      <bw-code-block label="Telling an outcome" .code=${outcomeSnippet(this.deployment.id)}></bw-code-block></div></details>`;
  }

  #exported(rows: number): Exported {
    const { deployment, version } = this;
    const only = version === undefined ? {} : { version };
    return {
      route: `#/serve/${deployment.id}`,
      name: `${deployment.id}-log${version === undefined ? '' : `-v${version}`}`,
      rows,
      write: (format, signal) => this.logs.export(deployment.id, format, only, signal),
    };
  }
}
