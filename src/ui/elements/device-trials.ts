/** Which device was chosen and why: what a step of the very model took on each. */
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceChoice } from '../../spec/device.js';
import { stepTime } from '../format.js';
import { base } from '../styles/base.js';
import { layout } from '../styles/layout.js';

@customElement('bw-device-trials')
export class DeviceTrials extends LitElement {
  static override styles = [base, layout, css`
    :host { display: grid; gap: var(--space-2); }
    .facts dt { color: var(--text); overflow-wrap: anywhere; }
    .facts dt small { color: var(--text-soft); font-size: var(--size-1); display: block; }
    .facts { grid-template-columns: minmax(0, 1fr) auto; align-items: baseline; }
    .problem { font-family: var(--font); color: var(--text-soft); max-inline-size: 130px; }
    .chosen { font-weight: 600; }
    .chip { white-space: normal; border-radius: 12px; }
  `];

  @property({ attribute: false }) choice!: DeviceChoice;

  override render() {
    const { device, trials, reason } = this.choice;
    return html`<dl class="facts" aria-label="Time of a training step">${trials.map(
      (trial) => html`<dt class=${trial.device === device ? 'chosen' : ''}>${trial.device}<small>${trial.description}</small></dt>
        <dd class=${trial.milliseconds === undefined ? 'problem' : ''}>${trial.milliseconds === undefined ? (trial.problem ?? 'not measured') : stepTime(trial.milliseconds)}</dd>`,
    )}</dl>
    <p class="chip good">${reason}</p>`;
  }
}
