/** What went wrong under a training and was mended: what happened, when, and what was done. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Incident } from '../../../spec/incident.js';
import { count, moment } from '../../format.js';
import '../../elements/notice.js';

/** One of several trainings says which it is of. */
type Told = Incident & { of?: string };

export function incidentList(incidents: readonly Told[] = []): TemplateResult | typeof nothing {
  if (incidents.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="incidents"><h2 id="incidents">What went wrong, and was mended</h2>
    ${incidents.map(incidentNotice)}</section>`;
}

const incidentNotice = ({
  time,
  epoch,
  step,
  code,
  message,
  remedy,
  of,
}: Told): TemplateResult => html`<bw-notice tone="warn" .message=${message}
  .advice=${remedy} .place=${`${of === undefined ? '' : `${of} · `}${moment(time)} · epoch ${count(epoch)} · step ${count(step)}`}>
  ${code === 'storage-full' ? html`<a class="button" href="#/settings">Make room or export</a>` : nothing}</bw-notice>`;
