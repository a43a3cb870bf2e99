/** Tables: rows ruled by hairlines, figures to the right. */
import { css } from 'lit';

export const tables = css`
  /* Chromium leaves what has the focus where it is as soon as a sliver of it is in sight. */
  .scroll { position: relative; overflow: auto; min-inline-size: 0; scroll-padding-inline: var(--space-5); }
  table { inline-size: 100%; border-collapse: collapse; font-size: var(--size-2); }
  caption { text-align: start; color: var(--text-soft); padding-block-end: var(--space-2); }
  th { text-align: start; font-weight: 500; color: var(--text-soft); }
  th, td { padding: 7px var(--space-2); border-block-end: 1px solid var(--line); vertical-align: middle; }
  tbody tr:last-child > * { border-block-end: 0; }
  .number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
  td.number { font-family: var(--font-figures); }
`;
