/** How the lake's panel is laid out: what is asked for beside what it costs. */
import { css } from 'lit';

export const lakeStyles = css`
  .side { position: sticky; inset-block-start: var(--space-4); }
  .name { font-size: var(--size-4); color: var(--text); overflow-wrap: anywhere; }
  .name:focus { outline: none; }
  .sample { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); gap: var(--space-3); align-items: end; }
  .share { block-size: 10px; }
  @media (max-width: 900px) { .side { position: static; } }
`;
