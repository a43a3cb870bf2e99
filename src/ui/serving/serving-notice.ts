/** Why nothing answers, where nothing does, and what to do now. */
import { html, nothing, type TemplateResult } from 'lit';
import type { WatchServing } from './watch-serving.js';
import '../elements/notice.js';

export function servingNotice({ state, message }: WatchServing): TemplateResult | typeof nothing {
  switch (state) {
    case 'unsupported':
      return html`<bw-notice tone="warn" message="Models cannot answer inside this page: the browser has no service worker here." advice="Use a window that is not private, and an https address or this machine."></bw-notice>`;
    case 'uncontrolled':
      return html`<bw-notice tone="warn" message="Models do not answer in this page yet." advice="On a first visit that takes a few seconds, until the application is kept; after a reload with the shift key, load the page once more."><button type="button" @click=${() => location.reload()}>Load the page anew</button></bw-notice>`;
    case 'refused':
      return html`<bw-notice tone="warn" message="Models do not answer at this moment." .advice=${message}></bw-notice>`;
    default:
      return nothing;
  }
}
