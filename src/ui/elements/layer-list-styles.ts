/** A row for each layer: what it is and what may be done to it, then its figures, then its settings where they are in sight. */
import { css } from 'lit';

export const layerListStyles = css`
  :host { display: grid; gap: var(--space-3); grid-template-columns: minmax(0, 1fr); }
  ol { display: grid; gap: var(--space-2); grid-template-columns: minmax(0, 1fr); }
  li { border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface); padding: 2px var(--space-2) var(--space-2); min-inline-size: 0; }
  li.fixed { background: var(--surface-sunk); border-style: dashed; }
  li.wrong { border-color: var(--bad); }
  .head { position: relative; }
  .head summary { padding-inline-end: calc(3 * var(--touch)); }
  .name { min-block-size: var(--touch); display: flex; flex-wrap: wrap; align-items: center; gap: 4px var(--space-2); }
  summary { flex-wrap: wrap; column-gap: var(--space-2); row-gap: 0; }
  .number { color: var(--text-soft); min-inline-size: 2ch; text-align: end; font-size: var(--size-2); font-weight: 400; }
  .words { font-weight: 400; font-size: var(--size-2); overflow-wrap: anywhere; }
  .actions { display: flex; position: absolute; inset: 0 0 auto auto; }
  dl.figures { display: flex; flex-wrap: wrap; gap: 2px var(--space-4); font-size: var(--size-1); padding-inline-start: 34px; }
  dl.figures div { display: flex; gap: 6px; }
  dl.figures dt { color: var(--text-soft); font-family: var(--font); }
  p.figures { font-size: var(--size-1); padding-inline-start: 34px; }
  .problem { display: flex; gap: 6px; padding: var(--space-1) 0 0 34px; font-size: var(--size-2); }
  .settings { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(180px, 100%), 1fr)); gap: var(--space-3); padding: var(--space-2) 0 var(--space-3) 34px; }
  .flag { display: flex; gap: var(--space-2); align-items: start; }
  .flag .hint { display: block; }
  .numbers { display: flex; gap: var(--space-1); }
  .reference { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-1); }
  .adding { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: var(--space-2); align-items: end; }
  @media (max-width: 720px) {
    dl.figures, p.figures, .problem, .settings { padding-inline-start: 0; }
    .adding { grid-template-columns: minmax(0, 1fr); }
  }
`;
