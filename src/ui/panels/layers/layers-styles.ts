/** Layers to the left, what they come to beside them; on a narrow page one after the other. */
import { css } from 'lit';

export const layersStyles = css`
  .with-side { --side: 360px; }
  .begins { grid-template-columns: minmax(0, 260px) auto; align-items: end; justify-content: start; }
  .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: var(--space-3); }
  textarea { font: var(--size-1) / 1.5 var(--font-figures); resize: vertical; }
  code { font: var(--size-1) var(--font-figures); }
  .import { cursor: pointer; font-weight: 600; }
  .import:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
  @media (max-width: 1000px) { .with-side { grid-template-columns: minmax(0, 1fr); } }
`;
