/** Columns and rows to the left, what to learn to the right; on a narrow page what to learn comes first. */
import { css } from 'lit';

export const datasetStyles = css`
  .side > .card { align-content: start; }
  .maps { display: flex; flex-wrap: wrap; gap: var(--space-4); align-items: stretch; }
  .maps > * { flex: 1 1 440px; }
  .maps:empty { display: none; }
  .findings { gap: var(--space-2); }
  .profiling > bw-progress-line { flex: 1 1 240px; }
  @media (max-width: 1080px) {
    .with-side { grid-template-columns: minmax(0, 1fr); }
    .side { order: -1; }
  }
`;
