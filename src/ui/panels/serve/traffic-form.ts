/** How callers are to be divided: the versions' shares, a mirror, and when all go back by themselves. Says `bw-divide`. */
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { DeployedVersion, DeploymentRecord } from '../../../spec/deployment.js';
import type { Traffic } from '../../../spec/traffic.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { emit } from '../../events.js';
import { figure } from '../../format.js';
import type { VersionStatus } from '../../serving/watch-serving.js';
import { panelStyles } from '../panel-styles.js';
import { type ArmDraft, armsOf, draftOf, sumOf, type TrafficDraft, trafficOf, withRest, withVersions } from './traffic-draft.js';
import { percentWords } from './traffic-words.js';

type Field = Exclude<keyof TrafficDraft, 'arms' | 'rule' | 'salt'>;
const quantiles = ['0.5', '0.9', '0.95', '0.99'];
/** Versions that nobody can be sent to are told each in its row, or, if more, together. */
const mostClosed = 3;

@customElement('bw-traffic-form')
export class TrafficForm extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      form, fieldset { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
      fieldset { border: 0; margin: 0; padding: 0; min-inline-size: 0; }
      legend { font-weight: 600; padding: 0 0 var(--space-2); }
      .arm { display: grid; grid-template-columns: 90px minmax(0, 320px) 110px; gap: var(--space-2) var(--space-3); align-items: end; }
      .arm .which { align-self: center; padding-block-start: var(--space-4); }
      .arm .hint { grid-column: 1 / -1; }
      .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(190px, 100%), 1fr)); gap: var(--space-3); align-items: start; }
      .tick { display: flex; align-items: center; gap: var(--space-2); color: var(--text); font-size: var(--size-3); min-block-size: var(--touch); }
      .sum { min-block-size: var(--touch); }
      @media (max-width: 560px) { .arm { grid-template-columns: minmax(0, 1fr) 96px; } .arm .which { grid-column: 1 / -1; padding: 0; } }
    `,
  ];

  @property({ attribute: false }) deployment!: DeploymentRecord;
  @property({ attribute: false }) statuses: readonly VersionStatus[] | undefined;
  /** Why the service did not take it. */
  @property({ attribute: false }) problem: unknown;
  @property({ type: Boolean }) busy = false;
  @state() private draft!: TrafficDraft;
  @state() private own: unknown;
  @query('button.primary') private readonly submitButton!: HTMLButtonElement;
  /** What held when editing began; another division since then was made elsewhere. */
  #before = '';
  #isEdited = false;

  /** To what holds now. */
  reset(): void {
    this.draft = draftOf(this.deployment);
    this.#before = JSON.stringify(this.deployment.traffic);
    this.#isEdited = false;
    this.own = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('deployment')) return;
    if (this.#isEdited) this.draft = withVersions(this.draft, this.deployment);
    else this.reset();
  }

  #set(change: Partial<TrafficDraft>): void {
    this.draft = { ...this.draft, ...change };
    this.#isEdited = true;
  }

  #setArm(arm: ArmDraft, change: Partial<ArmDraft>): void {
    const { arms, to } = this.draft;
    // A rule that names the arm goes on naming it.
    const renamed = change.name !== undefined && to === arm.name ? { to: change.name } : {};
    this.#set({ arms: arms.map((each) => (each === arm ? { ...each, ...change } : each)), ...renamed });
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.own = undefined;
    try {
      emit<Traffic>(this, 'bw-divide', trafficOf(this.draft));
    } catch (thrown) {
      this.own = thrown;
    }
  }

  /** Why nobody can be sent to it. */
  #reason({ version, loaded }: DeployedVersion): string | undefined {
    if (!loaded) return `Version ${version} is not loaded, so nobody can be sent to it. Load it above first.`;
    const told = this.statuses?.find((each) => each.version === String(version))?.status.error_message;
    return told ? `Version ${version} cannot be loaded: ${told}` : undefined;
  }

  override render() {
    const problem = this.own ?? this.problem;
    return html`<form @submit=${this.#submit}>
      ${this.#isEdited && this.#before !== JSON.stringify(this.deployment.traffic) ? this.#changedElsewhere() : nothing}
      <fieldset><legend>Arms: who answers, in percent of the callers</legend>
        ${this.#arms()}${this.#sum()}</fieldset>
      ${this.#mirror()}${this.#rule()}
      ${problem ? problemNotice(problem) : nothing}
      ${this.deployment.log ? nothing : html`<p class="hint">Dividing begins a log of who was answered by which version, so that they can be compared. What was asked is not in it unless you choose so below.</p>`}
      <div class="row"><button class="primary" ?disabled=${this.busy}>Divide callers like this</button>
        <button type="button" class="quiet" @click=${() => this.#discard()}>Discard changes</button></div>
    </form>`;
  }

  #discard(): void {
    this.reset();
    emit(this, 'bw-discard');
    this.submitButton.focus();
  }

  #changedElsewhere() {
    return html`<bw-notice tone="warn" message="The division has been changed meanwhile, above." advice="What you entered is still here, and would replace it."><button type="button" @click=${() => this.#discard()}>Take over what holds now</button></bw-notice>`;
  }

  #arms() {
    const rows = this.draft.arms.map((arm) => {
      const deployed = this.deployment.versions.find(({ version }) => version === arm.version);
      const reason = deployed && this.#reason(deployed);
      // What has a share already can be taken out.
      return { arm, reason, closed: reason !== undefined && arm.weight === '' };
    });
    const closed = rows.filter((row) => row.closed);
    if (closed.length <= mostClosed) return rows.map((row) => this.#arm(row));
    const numbers = closed.map(({ arm }) => arm.version).sort((one, other) => one - other);
    return html`${rows.filter((row) => !row.closed).map((row) => this.#arm(row))}
      <p class="hint">Nobody can be sent to the versions ${numbers.join(', ')}: they are not loaded. Load them above first.</p>`;
  }

  #arm({ arm, reason, closed }: { arm: ArmDraft; reason: string | undefined; closed: boolean }) {
    const { version, name, weight } = arm;
    const id = `why-${this.draft.arms.indexOf(arm)}`;
    return html`<div class="arm"><span class="which">Version ${version}</span>
      <label>Name<input .value=${live(name)} aria-label=${`Name of version ${version}`} required maxlength="64" pattern="[\\w.\\-]+" autocomplete="off" spellcheck="false" ?disabled=${closed}
        @input=${(event: Event) => this.#setArm(arm, { name: textOf(event) })}></label>
      <label>Share, %<input type="number" min="0" max="100" step="any" .value=${live(weight)} aria-label=${`Share of version ${version}, in percent`} placeholder="–" ?disabled=${closed}
        aria-describedby=${reason ? id : nothing} @input=${(event: Event) => this.#setArm(arm, { weight: textOf(event) })}></label>
      ${reason ? html`<p class="hint warn" id=${id}>${reason}</p>` : nothing}</div>`;
  }

  #sum() {
    const sum = sumOf(this.draft);
    const [first] = armsOf(this.draft);
    const filled = first && withRest(this.draft, first.name);
    const rest = figure(Math.abs(100 - sum));
    return html`<div class="row sum"><p role="status" class=${sum === 100 ? 'small soft' : 'small'}>Together ${percentWords(sum)}${sum === 100 ? '' : `: ${rest} ${sum < 100 ? 'are missing' : 'too many'}`}</p>
      ${filled ? html`<button type="button" class="link" @click=${() => this.#fill(filled)}>${sum < 100 ? `Give the ${rest} to “${first.name}”` : `Take the ${rest} from “${first.name}”`}</button>` : nothing}</div>`;
  }

  /** The button goes with what was missing. */
  #fill(filled: TrafficDraft): void {
    this.#set(filled);
    this.submitButton.focus();
  }

  #mirror() {
    const { mirror } = this.draft;
    return html`<fieldset><legend>Mirror</legend><div class="fields">
      <label>Asked as well, after the answer<select @change=${this.#change('mirror')}>
        <option value="" ?selected=${mirror === ''}>none</option>
        ${this.deployment.versions.map((each) => {
          const closed = this.#reason(each) !== undefined;
          return html`<option value=${each.version} ?selected=${mirror === String(each.version)} ?disabled=${closed}>version ${each.version}${each.loaded ? '' : ' (not loaded)'}</option>`;
        })}</select></label>
      ${mirror === '' ? nothing : html`<label>Of the requests, %${this.#number('share', { max: 50 })}</label>`}</div>
      <p class="hint">What a mirror would have answered is compared and told to nobody who asks. At most 50 % of the requests.</p></fieldset>`;
  }

  #rule() {
    const { rule, to, quantile } = this.draft;
    const arms = armsOf(this.draft);
    const every = quantiles.includes(quantile) ? quantiles : [...quantiles, quantile];
    return html`<fieldset><legend>Rollback</legend>
      <label class="tick"><input type="checkbox" .checked=${live(rule)} @change=${(event: Event) => this.#set({ rule: (event.target as HTMLInputElement).checked })}>Send everybody back by itself when another arm does badly</label>
      ${
        rule
          ? html`<div class="fields">
        <label>Back to<select @change=${this.#change('to')}>${arms.map(({ name, version }) => html`<option value=${name} ?selected=${name === to}>${name} (version ${version})</option>`)}</select><span class="hint">It is not judged itself.</span></label>
        <label>Errors at most, %${this.#number('errors', { max: 100, placeholder: 'not looked at' })}<span class="hint">Answers with a status of 500 or more.</span></label>
        <label>Answered within, ms${this.#number('milliseconds', { placeholder: 'not looked at' })}<span class="hint">Time in the model.</span></label>
        <label>Share answered in that time<select @change=${this.#change('quantile')}>${every.map((each) => html`<option value=${each} ?selected=${each === quantile}>${percentWords(Number(each) * 100)}</option>`)}</select></label>
        <label>Window, seconds${this.#number('seconds', { min: 1, max: 86_400 })}</label>
        <label>Fewest requests to judge by${this.#number('requests', { min: 1, max: 1_000, step: 1 })}</label></div>`
          : nothing
      }</fieldset>`;
  }

  #number(
    field: Field,
    { min = 0, max, step = 'any', placeholder = '' }: { min?: number; max?: number; step?: number | 'any'; placeholder?: string },
  ) {
    return html`<input type="number" inputmode="decimal" min=${min} max=${max ?? nothing} step=${step} placeholder=${placeholder} ?required=${placeholder === ''}
      .value=${live(this.draft[field])} @input=${this.#change(field)}>`;
  }

  #change(field: Field) {
    return (event: Event): void => this.#set({ [field]: textOf(event) });
  }
}

const textOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
