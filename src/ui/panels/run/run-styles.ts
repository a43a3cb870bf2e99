/** Three columns: what was asked, the curves, how it stands. On a narrow page how it stands comes first. */
import { css } from 'lit';

export const runStyles = css`
  .run { display: grid; grid-template-columns: minmax(0, 1fr) 290px; gap: var(--space-4); align-items: start; }
  .headline { display: flex; align-items: baseline; gap: var(--space-3); flex-wrap: wrap; }
  .headline .value { font: 600 40px/1.1 var(--font-figures); font-variant-numeric: tabular-nums; }
  .headline .interval { font-size: var(--size-2); color: var(--text-soft); }
  .standing .figure { min-block-size: 44px; }
  .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--space-4); align-items: start; }
  @media (max-width: 1080px) {
    .run { grid-template-columns: minmax(0, 1fr); }
    .run > .side { display: contents; }
    .run > .side > .standing { order: -1; }
  }
  @media (max-width: 800px) { .pair { grid-template-columns: minmax(0, 1fr); } }
`;
