/** The look of the virtual table: hairlines, a head and row numbers that stay, a frame around the cell that the keyboard stands on. */
import { css } from 'lit';

export const virtualTableStyles = css`
  .grid { position: relative; block-size: var(--block, min(560px, 70vh)); overflow: auto; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface); contain: strict; font-size: var(--size-2); overscroll-behavior: contain; }
  .content { position: relative; inline-size: var(--inline); block-size: var(--height); }
  .view { position: sticky; inset-block-start: 0; inset-inline-start: 0; inline-size: var(--view-inline); block-size: var(--view-block); overflow: hidden; }
  .head, .line { position: absolute; inset-inline-start: 0; inline-size: 100%; block-size: var(--row); transform: translateY(var(--y, 0)); }
  .head { z-index: 2; background: var(--surface-sunk); border-block-end: 1px solid var(--line); }
  .line { border-block-end: 1px solid var(--line); }
  .head > *, .line > * { position: absolute; inset-block: 0; inset-inline-start: 0; inline-size: var(--w); transform: translateX(var(--x)); padding: 0 var(--space-3); display: flex; align-items: center; white-space: nowrap; overflow: hidden; background: var(--surface); }
  .head > * { background: var(--surface-sunk); font-weight: 600; color: var(--text); }
  .text { overflow: hidden; text-overflow: ellipsis; min-inline-size: 0; }
  .number { justify-content: flex-end; font-family: var(--font-figures); font-variant-numeric: tabular-nums; }
  .target { background: var(--accent-soft); }
  .line > .index, .head > .index { z-index: 1; justify-content: flex-end; color: var(--text-soft); font: var(--size-1) var(--font-figures); background: var(--surface-sunk); border-inline-end: 1px solid var(--line); }
  .missing { color: var(--text-soft); font-style: italic; font-family: var(--font); }
  .current { outline: 2px solid var(--line-strong); outline-offset: -2px; }
  .grid:focus-visible .current { outline-color: var(--accent); }
  .loading { display: block; block-size: 9px; inline-size: 60%; border-radius: 4px; background: var(--line); animation: breathe 1.2s ease-in-out infinite alternate; }
  @keyframes breathe { from { opacity: 0.4; } to { opacity: 1; } }
  .handle { position: absolute; inset-inline-end: 0; inset-block: 0; inline-size: 9px; cursor: col-resize; touch-action: none; }
  .handle::after { content: ''; position: absolute; inset-inline-end: 0; inset-block: 7px; inline-size: 1px; background: var(--line-strong); opacity: 0.5; }
  .handle:hover::after { inline-size: 3px; background: var(--accent); opacity: 1; }
  bw-picture { inline-size: calc(var(--row) - 8px); }
  .below { display: flex; justify-content: space-between; align-items: center; gap: var(--space-2) var(--space-4); flex-wrap: wrap; font-size: var(--size-2); color: var(--text-soft); margin-block-start: var(--space-2); }
  .below [role='status'] { flex: 1 1 240px; min-inline-size: 0; overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
  form { display: flex; align-items: center; gap: var(--space-2); }
  form label { display: flex; align-items: center; gap: var(--space-2); white-space: nowrap; }
  form input { inline-size: 8.5em !important; }
`;
