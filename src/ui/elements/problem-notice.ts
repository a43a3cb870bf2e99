/** The failed face of a panel or card: anything thrown, as a notice, with the actions that help. */
import { html, type TemplateResult } from 'lit';
import { describeProblem } from '../problem.js';
import './notice.js';

export function problemNotice(thrown: unknown, actions?: TemplateResult | TemplateResult[]): TemplateResult {
  const { message, advice, place } = describeProblem(thrown);
  return html`<bw-notice tone="bad" .message=${message} .advice=${advice} .place=${place}>${actions}</bw-notice>`;
}
