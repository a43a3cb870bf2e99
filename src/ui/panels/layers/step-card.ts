/** What a step of the network takes on this machine: measured when asked for, called off when that takes too long. */
import { html, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { Devices, StepTime } from '../../../compute/devices.js';
import type { DevicePreference } from '../../../spec/device-name.js';
import type { ModelSpec } from '../../../spec/model.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { count, duration, stepTime } from '../../format.js';
import { isCancelled } from '../../problem.js';

export interface StepRequest {
  model: ModelSpec;
  batchSize: number;
  /** That train. */
  rows: number;
}

type Outcome = { time: StepTime; of: StepRequest } | { problem: unknown };

export class StepCard implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #devices: () => { devices: Devices; preference: DevicePreference };
  #running: AbortController | undefined;
  #outcome: Outcome | undefined;

  constructor(host: ReactiveControllerHost, devices: () => { devices: Devices; preference: DevicePreference }) {
    this.#host = host;
    this.#devices = devices;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#cancel();
  }

  /** What was measured of other layers says nothing. */
  forget(): void {
    this.#cancel();
    this.#outcome = undefined;
  }

  #cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#host.requestUpdate();
  }

  async #measure(request: StepRequest): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    this.#outcome = undefined;
    this.#host.requestUpdate();
    const { devices, preference } = this.#devices();
    const outcome = await devices.measure(request.model, Math.min(request.batchSize, request.rows), preference, controller.signal).then(
      (time): Outcome => ({ time, of: request }),
      (problem: unknown): Outcome => ({ problem }),
    );
    // Called off meanwhile: nobody waits for it any more.
    if (this.#running !== controller) return;
    this.#running = undefined;
    if (!('problem' in outcome && isCancelled(outcome.problem))) this.#outcome = outcome;
    this.#host.requestUpdate();
  }

  /** @param request left out where the layers do not go together */
  render(request: StepRequest | undefined) {
    const running = this.#running !== undefined;
    return html`<section class="card small" aria-labelledby="step"><h2 id="step">A step on this machine</h2>
      <div role="status">${running ? html`<p>Measuring…</p>` : this.#told()}</div>
      <div class="row">${
        running
          ? html`<button type="button" @click=${() => this.#cancel()}>Cancel</button>`
          : html`<button type="button" ?disabled=${!request} @click=${() => request && this.#measure(request)}>Try one step</button>`
      }</div></section>`;
  }

  #told() {
    const outcome = this.#outcome;
    if (!outcome) return html`<p class="soft">Steps of a whole batch are taken and timed on the device of the settings.</p>`;
    if ('problem' in outcome) return problemNotice(outcome.problem);
    const { time, of } = outcome;
    const steps = Math.ceil(of.rows / of.batchSize);
    const epoch = steps * time.milliseconds;
    return html`<p class="figure">${stepTime(time.milliseconds)}<small>a step on ${time.device} (${time.description})</small></p>
      <p class="figure">${epoch < 1000 ? stepTime(epoch) : duration(epoch / 1000)}<small>an epoch, about: ${count(steps)} ${steps === 1 ? 'step' : 'steps'}</small></p>`;
  }
}
