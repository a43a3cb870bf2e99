/** The status bar: one line of facts; above it, one line for each running job. */
import { css } from 'lit';

export const statusBarStyles = css`
  footer { border-block-start: 1px solid var(--line); background: var(--surface); font-size: var(--size-1); color: var(--text-soft); padding-block-end: env(safe-area-inset-bottom); }
  .facts { display: flex; flex-wrap: wrap; gap: 2px var(--space-5); align-items: center; padding: 6px var(--space-5); min-block-size: 32px; }
  b { color: var(--text); font-weight: 500; }
  .private { margin-inline-start: auto; white-space: nowrap; }
  .private .icon { color: var(--good); inline-size: 14px; block-size: 14px; }
  .jobs { border-block-end: 1px solid var(--line); padding: 0 var(--space-5); }
  li { display: grid; grid-template-columns: fit-content(45%) auto minmax(60px, 1fr) 74px; gap: var(--space-3); align-items: center; min-block-size: 32px; }
  li a { color: var(--text); font-weight: 600; text-decoration: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-block-size: 24px; display: inline-flex; align-items: center; }
  li a:hover { text-decoration: underline; }
  .detail { white-space: nowrap; }
  .left { font-family: var(--font-figures); text-align: end; white-space: nowrap; }
  progress:indeterminate::-webkit-progress-bar { background: var(--accent-soft); }
  @media (max-width: 720px) {
    .facts, .jobs { padding-inline: var(--space-3); }
    .facts { gap: 2px var(--space-3); }
    .private { margin-inline-start: 0; }
    .facts > :first-child { display: none; }
    li { grid-template-columns: minmax(0, 1fr) auto auto; min-block-size: 44px; gap: 0 var(--space-3); align-content: center; }
    progress { grid-row: 2; grid-column: 1 / -1; }
    .left { min-inline-size: 66px; }
  }
`;
