/** Steps to the left, what is new to the right; on a narrow page one after the other. */
import { css } from 'lit';

export const pipelineStyles = css`
  .with-side { --side: 340px; }
  .steps > li + li { border-block-start: 1px solid var(--line); }
  .figures-card { grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); }
  .figures-card .wide { grid-column: 1 / -1; }
  .figures-card[aria-busy='true'] .figure { color: var(--text-soft); }
  .derived { display: grid; gap: var(--space-3); }
  .derived li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2); align-items: center; }
  .weights { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(130px, 100%), 1fr)); gap: var(--space-3); border: 0; padding: 0; margin: 0; }
  .weights legend { padding-block-end: var(--space-2); }
  .weights .class { overflow-wrap: anywhere; color: var(--text); }
  code { display: block; font: var(--size-1) / 1.5 var(--font-figures); color: var(--text-soft); overflow-wrap: anywhere; }
  .import { cursor: pointer; font-weight: 600; }
  .import:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
  @media (max-width: 1000px) { .with-side { grid-template-columns: minmax(0, 1fr); } }
`;
