/** The form on top, below it the file, the figures and the lineage. */
import { css } from 'lit';

export const modelStyles = css`
  .below { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--space-4); align-items: start; }
  @media (max-width: 1280px) { .below { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  @media (max-width: 900px) { .below { grid-template-columns: minmax(0, 1fr); } }
`;
