/** Which device was chosen and why: what a step of the very model took on each. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DeviceChoice } from '../../spec/device.js';
import { stepTime } from '../format.js';
import { base } from '../styles/base.js';
import { layout } from '../styles/layout.js';
import { icon } from './icon.js';

@customElement('bw-device-trials')
export class DeviceTrials extends LitElement {
  static override styles = [
    base,
    layout,
    css`
    :host { display: grid; gap: var(--space-3); }
    ul { display: grid; gap: var(--space-2); }
    .trial { display: flex; justify-content: space-between; gap: var(--space-3); font-size: var(--size-2); }
    .time { font-family: var(--font-figures); font-variant-numeric: tabular-nums; white-space: nowrap; }
    .chosen .trial { font-weight: 600; }
    .about { font-size: var(--size-1); color: var(--text-soft); line-height: 1.4; overflow-wrap: anywhere; }
    .reason { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 6px; font-size: var(--size-1); color: var(--good); line-height: 1.4; }
  `,
  ];

  @property({ attribute: false }) choice!: DeviceChoice;

  override render() {
    const { device, trials, reason } = this.choice;
    return html`<ul aria-label="Time of a training step">${trials.map(
      ({ device: name, description, milliseconds, problem }) => html`<li class=${name === device ? 'chosen' : ''}>
        <p class="trial"><span>${name}</span><span class="time">${milliseconds === undefined ? '–' : stepTime(milliseconds)}</span></p>
        <p class="about">${problem ?? description}</p></li>`,
    )}</ul>
    <p class="reason">${icon('good')} ${reason}</p>`;
  }
}
