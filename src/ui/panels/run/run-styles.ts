/** Three columns: what was asked, the curves, how it stands. On a narrow page how it stands comes first. */
import { css } from 'lit';

export const runStyles = css`
  .run { display: grid; grid-template-columns: minmax(0, 1fr) 290px; gap: var(--space-4); align-items: start; }
  .headline { display: flex; align-items: baseline; gap: var(--space-3); flex-wrap: wrap; }
  .headline .value { font: 600 40px/1.1 var(--font-figures); font-variant-numeric: tabular-nums; }
  .curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: var(--space-4); }
  .standing .figure { min-block-size: 44px; }
  .result { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); display: grid; gap: var(--space-4); align-items: start; }
  @media (max-width: 1080px) {
    .run, .result { grid-template-columns: minmax(0, 1fr); }
    .run > .side { order: -1; }
    .run > .side.after { order: 0; }
  }
`;
