/** The failed face of a panel about one thing that is kept: why, and where the others are. */
import { html, type TemplateResult } from 'lit';
import { problemNotice } from '../elements/problem-notice.js';

export const cannotBeShown = (what: string, problem: unknown, others: { href: string; title: string }): TemplateResult =>
  html`<div class="page"><h1 tabindex="-1">This ${what} cannot be shown</h1>${problemNotice(problem, html`<a class="button" href=${others.href}>${others.title}</a>`)}</div>`;
