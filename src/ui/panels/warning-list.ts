/** What to know and need not mend. Many of one kind are one notice, with the rest a click away. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Warning } from '../../spec/dataset.js';
import '../elements/notice.js';

export function warningList(warnings: readonly Warning[]): TemplateResult[] {
  const kinds = Map.groupBy(warnings, ({ code }) => code);
  return [...kinds.values()].map(
    ([first, ...others]) => html`<bw-notice tone="warn" .message=${first.message} .advice=${first.advice}>
    ${others.length > 0 ? html`<details class="small"><summary>and ${others.length} more like it</summary><ul>${others.map(({ message }) => html`<li>${message}</li>`)}</ul></details>` : nothing}
  </bw-notice>`,
  );
}
