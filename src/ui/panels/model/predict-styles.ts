/** What is given on the left, what is answered on the right. */
import { css } from 'lit';

export const predictStyles = css`
  .use { display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 340px); gap: var(--space-5); align-items: start; }
  .answer { position: sticky; inset-block-start: var(--space-4); background: var(--surface-sunk); border-radius: var(--radius); padding: var(--space-4); display: grid; gap: var(--space-3); min-block-size: 120px; align-content: start; }
  .value { font: 600 28px/1.2 var(--font-figures); overflow-wrap: anywhere; }
  @media (max-width: 900px) { .use { grid-template-columns: minmax(0, 1fr); } .answer { inset-block-start: 0; z-index: 1; } }
`;
