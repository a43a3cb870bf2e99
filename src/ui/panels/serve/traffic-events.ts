/** What was done about a deployment's traffic: when, by whom and why, the latest first. */
import { html, nothing, type TemplateResult } from 'lit';
import type { TrafficEvent } from '../../../spec/traffic.js';
import { instant } from '../../serving/instant.js';
import { byWords, eventWords } from './traffic-words.js';

export function trafficEvents(events: readonly TrafficEvent[] = []): TemplateResult | typeof nothing {
  if (events.length === 0) return nothing;
  return html`<h3 id="events">What was done</h3><ol class="events" tabindex="0" aria-labelledby="events">${[...events]
    .reverse()
    .map((event) => {
      const { time, kind, by } = event;
      return html`<li class=${kind === 'rollback' ? 'alarm' : ''}><span>${eventWords(event)}</span>
      <span class="small soft"><time datetime=${new Date(time).toISOString()}>${instant(time)}</time> · ${byWords[by]}</span></li>`;
    })}</ol>`;
}
