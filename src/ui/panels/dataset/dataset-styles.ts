/** Columns and rows to the left, what to learn to the right; on a narrow page what to learn comes first. */
import { css } from 'lit';

export const datasetStyles = css`
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: var(--space-4); align-items: start; }
  .side > .card { align-content: start; }
  @media (max-width: 1080px) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    .side { order: -1; }
  }
`;
