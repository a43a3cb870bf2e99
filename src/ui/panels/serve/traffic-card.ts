/** How a deployment's callers are divided: the shares, what sends them back, and what was done about it; and the form that changes it. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Deployments } from '../../../serve/deployments.js';
import type { Experiments } from '../../../serve/experiment/experiments.js';
import { overrideHeaders, unitHeader } from '../../../serve/traffic/headers.js';
import type { MirrorReport } from '../../../serve/traffic/mirror.js';
import type { DeploymentRecord } from '../../../spec/deployment.js';
import type { Traffic } from '../../../spec/traffic.js';
import { Live } from '../../contexts/live.js';
import { deploymentsContext, experimentsContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { type Toasts, toastsContext } from '../../contexts/toasts.js';
import { problemNotice } from '../../elements/problem-notice.js';
import type { VersionStatus } from '../../serving/watch-serving.js';
import { panelStyles } from '../panel-styles.js';
import { mirrorReport } from './mirror-report.js';
import { trafficEvents } from './traffic-events.js';
import type { TrafficForm } from './traffic-form.js';
import { answererWords, eventWords, lastAlarm, percentWords, ruleWords } from './traffic-words.js';
import '../../elements/notice.js';
import '../../elements/share-bar.js';
import './traffic-form.js';

@customElement('bw-traffic-card')
export class TrafficCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      h2:focus { outline: none; }
      .facts { max-inline-size: 480px; }
      .told { display: grid; gap: var(--space-3); }
      code { font: var(--size-1) / 1.5 var(--font-figures); overflow-wrap: anywhere; }
      .events { display: grid; gap: var(--space-2); max-block-size: 260px; overflow: auto; font-size: var(--size-2); }
      .events li { display: grid; gap: 2px; padding-inline-start: var(--space-3); border-inline-start: 2px solid var(--line); overflow-wrap: anywhere; }
      .events li.alarm { border-color: var(--warn); }
    `,
  ];

  @property({ attribute: false }) deployment!: DeploymentRecord;
  @property({ attribute: false }) statuses: readonly VersionStatus[] | undefined;
  /** What the mirror was found to answer, by whoever serves now. */
  @property({ attribute: false }) mirrored: MirrorReport | undefined;
  @consume({ context: deploymentsContext }) private readonly deployments!: Deployments;
  @consume({ context: experimentsContext }) private readonly experiments!: Experiments;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @consume({ context: toastsContext }) private readonly toasts!: Toasts;
  /** Of the form, and of the buttons. */
  @state() private refused: unknown;
  @state() private problem: unknown;
  @state() private busy = false;
  @query('h2') private readonly heading!: HTMLElement;
  @query('details') private readonly details!: HTMLDetailsElement;
  @query('bw-traffic-form') private readonly form!: TrafficForm;

  /** Without it callers are divided all the same. */
  readonly #running = new Live(this, {
    load: async () => (await this.experiments.list()).filter(({ status }) => status === 'running'),
    kinds: ['experiment'],
    storage: () => this.storage,
  });

  async #divide({ detail }: CustomEvent<Traffic>): Promise<void> {
    this.busy = true;
    this.refused = undefined;
    try {
      this.deployment = await this.deployments.divide(this.deployment.id, detail);
      this.form.reset();
      this.details.open = false;
      this.heading.focus();
    } catch (thrown) {
      this.refused = thrown;
    } finally {
      this.busy = false;
    }
  }

  /** With a way back to the division that there was. */
  async #at(once: (name: string) => Promise<DeploymentRecord>, message: string): Promise<void> {
    const { id, traffic } = this.deployment;
    this.problem = undefined;
    try {
      this.deployment = await once(id);
      this.toasts.show(message, { label: 'Undo', run: async () => void (await this.deployments.divide(id, traffic)) });
      this.heading.focus();
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  override render() {
    const { deployment } = this;
    const { traffic, versions } = deployment;
    const alarm = lastAlarm(deployment);
    return html`<section class="card" aria-labelledby="traffic"><h2 id="traffic" tabindex="-1">Traffic</h2>
      <div class="told" role="status">${alarm ? html`<bw-notice tone="warn" .message=${eventWords(alarm)} advice="Nothing goes back by itself: divide callers anew when it is mended."></bw-notice>` : nothing}
        <p>${answererWords(deployment)}</p></div>
      ${traffic ? this.#divided(traffic) : nothing}
      ${this.#experiment(traffic)}
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${
        versions.length > 1 || traffic
          ? html`<details><summary>${traffic ? 'Divide callers otherwise' : 'Divide callers among versions'}</summary>
        <bw-traffic-form .deployment=${deployment} .statuses=${this.statuses} .problem=${this.refused} .busy=${this.busy} @bw-divide=${this.#divide} @bw-discard=${() => (this.refused = undefined)}></bw-traffic-form></details>`
          : html`<p class="hint">There is one version. A model's page deploys another one under this name; then callers can be divided between the two.</p>`
      }
      ${mirrorReport(traffic?.mirror, this.mirrored)}
      ${trafficEvents(deployment.events)}
    </section>`;
  }

  /** An experiment divides by its own salt. */
  #experiment(traffic: Traffic | undefined) {
    const found = traffic && this.#running.value?.find(({ id }) => id === traffic.salt);
    if (!found) return nothing;
    return html`<bw-notice message="An experiment divides these callers." advice="Other shares, or a rollback, end it; a mirror and a rule do not."><a href="#/experiments/${found.id}">${found.name}</a></bw-notice>`;
  }

  #divided(traffic: Traffic) {
    const { arms, rollback, mirror } = traffic;
    const shares = arms.map(({ name, version, weight }) => ({
      name,
      value: weight / 100,
      shown: percentWords(weight),
      detail: `version ${version}`,
    }));
    const back = arms.find(({ name }) => name === rollback?.to) ?? arms[0];
    return html`<bw-share-bar label="Shares of the callers" .shares=${shares}></bw-share-bar>
      ${rollback ? html`<p class="small">${ruleWords(rollback)}</p>` : nothing}
      ${mirror ? html`<p class="small">Version ${mirror.version} is asked as well for ${percentWords(mirror.share)} of the requests, and not listened to.</p>` : nothing}
      <div class="row">${
        back.weight < 100
          ? html`<button type="button" class="danger" aria-describedby="back" @click=${() => this.#at((name) => this.deployments.rollBack(name, back.name), `All callers go to “${back.name}” now.`)}>Roll back now</button>`
          : nothing
      }
        <button type="button" class="quiet" @click=${() => this.#at((name) => this.deployments.divide(name, undefined), 'Callers are not divided any more.')}>Stop dividing</button>
        ${back.weight < 100 ? html`<span class="hint" id="back">All callers go to “${back.name}” (version ${back.version}) at once.</span>` : nothing}</div>
      <p class="hint">A caller that says who it is in the header <code>${unitHeader}</code> gets the same version each time; any other is divided anew. A request with
        <code>${overrideHeaders[0]}</code> or <code>${overrideHeaders[1]}</code>, and the name of an arm or a version, is answered by that one.</p>`;
  }
}
