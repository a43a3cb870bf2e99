/** What is kept of what a deployment is asked, and what that means for those who ask. Says `bw-keep`, without settings where nothing is to be. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { type LogSettings, usualLog } from '../../../spec/prediction-log.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { emit } from '../../events.js';
import { count, counted } from '../../format.js';
import { panelStyles } from '../panel-styles.js';

export type Kept = LogSettings['inputs'] | 'off';

export const keptWords: Readonly<Record<Kept, { title: string; privacy: string }>> = {
  off: {
    title: 'Nothing',
    privacy: 'Of what is asked nothing stays but counts of requests and their times, as long as the page that answers is open.',
  },
  values: {
    title: 'Answers, and inputs as they are',
    privacy: 'What callers ask about stays readable, for whoever can open this page: if the rows are about people, so is the log.',
  },
  hash: {
    title: 'Answers, and inputs as SHA-256',
    privacy:
      'Equal inputs can be told, and read by nobody. But a hash hides no input that can be guessed: few possible values are tried in a moment.',
  },
  none: { title: 'Answers alone', privacy: 'Of the inputs nothing stays. Answers may still say something of those who asked.' },
};

@customElement('bw-log-settings')
export class LogSettingsForm extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      form { display: grid; gap: var(--space-3); }
      .fields { display: grid; grid-template-columns: minmax(0, 2fr) repeat(2, minmax(0, 1fr)); gap: var(--space-3); }
      @media (max-width: 560px) { .fields { grid-template-columns: repeat(2, minmax(0, 1fr)); } .fields > :first-child { grid-column: 1 / -1; } }
    `,
  ];

  @property({ attribute: false }) settings: LogSettings | undefined;
  /** Of inputs that are tensors no values are kept. */
  @property({ type: Boolean }) hasTensors = false;
  /** Why the service did not take it. */
  @property({ attribute: false }) problem: unknown;
  @query('select') private readonly select!: HTMLSelectElement;
  @state() private kept: Kept = 'off';
  @state() private rows = '';
  @state() private days = '';

  /** To what holds now. */
  reset(): void {
    const { rows, days } = this.settings ?? usualLog;
    this.kept = this.settings?.inputs ?? 'off';
    this.rows = String(rows);
    this.days = String(days);
  }

  protected override willUpdate(changed: PropertyValues): void {
    // The record is another object whenever anything of the deployment has changed.
    const isOther = JSON.stringify(changed.get('settings')) !== JSON.stringify(this.settings);
    if (!this.hasUpdated || (changed.has('settings') && isOther)) this.reset();
  }

  get #wanted(): LogSettings | undefined {
    const { kept } = this;
    return kept === 'off' ? undefined : { inputs: kept, rows: Number(this.rows), days: Number(this.days) };
  }

  get #isChanged(): boolean {
    const [now, wanted] = [this.settings, this.#wanted];
    return now?.inputs !== wanted?.inputs || now?.rows !== wanted?.rows || now?.days !== wanted?.days;
  }

  #discard(): void {
    this.reset();
    emit(this, 'bw-discard');
    this.select.focus();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    emit<LogSettings | undefined>(this, 'bw-keep', this.#wanted);
  }

  override render() {
    const { kept } = this;
    return html`<form @submit=${this.#submit}>
      <div class="fields"><label>What is kept of each request<select aria-describedby="privacy" @change=${(event: Event) => {
        this.kept = (event.target as HTMLSelectElement).value as Kept;
      }}>${(Object.keys(keptWords) as Kept[]).map((each) => html`<option value=${each} ?selected=${each === kept}>${keptWords[each].title}</option>`)}</select></label>
      ${
        kept === 'off'
          ? nothing
          : html`<label>Rows at most<input type="number" min="1" max="1000000" step="1" required .value=${live(this.rows)} @input=${(
              event: Event,
            ) => {
              this.rows = (event.target as HTMLInputElement).value;
            }}></label>
        <label>Days at most<input type="number" min="0" max="3650" step="any" required .value=${live(this.days)} @input=${(
          event: Event,
        ) => {
          this.days = (event.target as HTMLInputElement).value;
        }}></label>`
      }</div>
      <p class="small" id="privacy">${keptWords[kept].privacy}${kept === 'off' ? '' : this.#bound()}</p>
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.#isChanged ? html`<div class="row"><button class="primary">${kept === 'off' ? 'Keep nothing from now on' : 'Keep it from now on'}</button><button type="button" class="quiet" @click=${() => this.#discard()}>Discard changes</button></div>` : nothing}
    </form>`;
  }

  #bound() {
    const { kept, hasTensors } = this;
    const tensors =
      hasTensors && kept === 'values'
        ? ' Of a model of another program inputs are kept as SHA-256 in any case, and of each output the first 16 values.'
        : '';
    return html`${tensors} It stays in this browser, and in no project file. Who asks is kept as a hash, pictures at most as theirs. The newest ${count(Number(this.rows))} rows of ${counted(Number(this.days), 'day')} stay, and at most 256 MiB: the oldest go first.`;
  }
}
