/** The working face of a panel while its records are read: said only when it takes long enough to be noticed. */
import { css, html, type TemplateResult } from 'lit';

export const loadingStyles = css`
  .loading { color: var(--text-soft); animation: late 1s steps(1); }
  @keyframes late { from { opacity: 0; } }
`;

export const loading = (what: string): TemplateResult =>
  html`<h1 tabindex="-1" class="visually-hidden">${what}</h1><p class="loading" role="status">Reading ${what.toLowerCase()}…</p>`;
