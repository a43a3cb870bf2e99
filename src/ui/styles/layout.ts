/** Cards, stacks, rows and lists of figures: how a panel is laid out. */
import { css } from 'lit';

export const layout = css`
  .card {
    background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius);
    padding: var(--space-4); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); align-content: start; min-inline-size: 0;
  }
  .stack { display: grid; gap: var(--space-4); align-content: start; min-inline-size: 0; grid-template-columns: minmax(0, 1fr); }
  .row { display: flex; gap: var(--space-2); align-items: center; flex-wrap: wrap; }
  .between { justify-content: space-between; }
  .two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--space-3); }
  .with-side { display: grid; grid-template-columns: minmax(0, 1fr) var(--side, 300px); gap: var(--space-4); align-items: start; }
  .page { display: grid; gap: var(--space-4); align-content: start; grid-template-columns: minmax(0, 1fr); }
  .page-header { display: flex; align-items: end; justify-content: space-between; gap: var(--space-3) var(--space-4); flex-wrap: wrap; }
  .page-header > :first-child { flex: 1 1 300px; min-inline-size: 0; }
  .lead { color: var(--text-soft); overflow-wrap: anywhere; }
  .figure { font: 600 var(--size-4) / 1.25 var(--font-figures); font-variant-numeric: tabular-nums; }
  .figure small { display: block; font: 400 var(--size-1) / 1.4 var(--font); color: var(--text-soft); }
  .facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 6px var(--space-3); font-size: var(--size-2); }
  .facts dt { color: var(--text-soft); }
  .facts dd { font-family: var(--font-figures); font-variant-numeric: tabular-nums; text-align: end; overflow-wrap: anywhere; }
  .chip {
    display: inline-flex; align-items: center; gap: 4px; font-size: var(--size-1); line-height: 1.5; white-space: nowrap;
    border: 1px solid var(--line); border-radius: 99px; padding: 1px 8px; color: var(--text-soft); justify-self: start;
  }
  .chip.good { color: var(--good); border-color: currentColor; }
  .chip.warn { color: var(--warn); border-color: currentColor; }
  .chip.bad { color: var(--bad); border-color: currentColor; }
  .chip.accent { color: var(--accent); border-color: currentColor; }
  .tall { --histogram-height: 64px; }
  @media (max-width: 900px) { .with-side { grid-template-columns: minmax(0, 1fr); } }
  @media (max-width: 720px) {
    .card { padding: var(--space-3); }
    .page-header .row { inline-size: 100%; flex-direction: row-reverse; justify-content: flex-end; }
  }
`;
