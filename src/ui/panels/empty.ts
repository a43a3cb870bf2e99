/** The empty face of a panel that lists what is kept: what is missing, and where it comes from. */
import { css, html, type TemplateResult } from 'lit';

export const emptyStyles = css`
  .empty { padding: var(--space-6) var(--space-4); justify-items: center; text-align: center; }
`;

export const empty = (title: string, words: string, action?: TemplateResult): TemplateResult =>
  html`<section class="card empty"><h3>${title}</h3><p class="soft">${words}</p>${action}</section>`;
