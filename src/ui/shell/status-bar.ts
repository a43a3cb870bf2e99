/** The state, always in sight: what runs, what is kept, offline use, and that nothing leaves this machine. */
import { consume } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { jobsContext } from '../contexts/jobs.js';
import { icon } from '../elements/icon.js';
import { duration } from '../format.js';
import type { Job } from '../jobs/job.js';
import type { Jobs } from '../jobs/jobs.js';
import { Follow } from '../observable.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { statusBarStyles } from './status-bar-styles.js';
import './offline-status.js';
import './storage-status.js';

@customElement('bw-status-bar')
export class StatusBar extends LitElement {
  static override styles = [base, controls, statusBarStyles];

  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  /** Whether the workbench has been opened: before that there is no storage to speak of. */
  @property({ type: Boolean }) open = false;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  override render() {
    const active = this.jobs.active;
    const device = this.jobs.choice;
    return html`<footer aria-label="Status">
      ${active.length > 0 ? html`<ul class="jobs" aria-label="Running">${active.map((job) => this.#job(job))}</ul>` : nothing}
      <div class="facts">
        <span title=${device?.description ?? 'Devices are measured when a training starts.'}>${device ? html`<b>${device.device}</b> ${this.jobs.trainingActive ? 'in use' : 'used last'}` : html`<b>device</b> chosen when you train`}</span>
        ${this.open ? html`<bw-storage-status></bw-storage-status>` : nothing}
        <bw-offline-status .trainingActive=${this.jobs.trainingActive}></bw-offline-status>
        <span class="private">${icon('shield')} nothing leaves this machine</span>
      </div>
    </footer>`;
  }

  #job(job: Job) {
    const left = job.secondsLeft;
    return html`<li><a href=${job.route}>${job.title}</a> <span class="detail">${job.detail}</span>
      <progress aria-label=${job.title} max="1" value=${job.progress ?? nothing}></progress>
      <span class="left">${left === undefined || job.state === 'paused' ? '' : `${duration(left)} left`}</span></li>`;
  }
}
