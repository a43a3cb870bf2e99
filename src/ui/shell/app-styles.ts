/** The frame's layout: navigation at the side, on a phone at the top; the status bar always at the foot. */
import { css } from 'lit';

export const appStyles = css`
  :host { display: grid; grid-template: 1fr auto / 208px minmax(0, 1fr); min-block-size: 100dvh; }
  nav { grid-row: 1 / 3; background: var(--surface-sunk); border-inline-end: 1px solid var(--line); }
  nav { position: sticky; inset-block-start: 0; block-size: 100dvh; padding: var(--space-4) var(--space-3); display: flex; flex-direction: column; gap: 2px; }
  .brand { display: flex; gap: var(--space-2); align-items: center; font-weight: 650; color: var(--text); text-decoration: none; padding: var(--space-1) var(--space-2); margin-block-end: var(--space-4); min-block-size: var(--touch); }
  .brand .icon { inline-size: 24px; block-size: 24px; color: var(--accent); }
  .section { color: var(--text-soft); text-decoration: none; padding: 6px var(--space-2); border-radius: var(--radius-small); display: flex; align-items: center; gap: 10px; min-block-size: var(--touch); transition: background var(--quick); }
  .section:hover { color: var(--text); background: color-mix(in oklab, var(--surface-sunk), var(--line) 50%); }
  .section[aria-current='page'] { background: var(--accent-soft); color: var(--text); font-weight: 600; }
  .section[aria-current='page'] .icon { color: var(--accent); }
  .section small { margin-inline-start: auto; font: 600 var(--size-1) / 18px var(--font-figures); background: var(--accent); color: var(--on-accent); border-radius: 99px; min-inline-size: 18px; text-align: center; }
  main { padding: var(--space-5); max-inline-size: 1440px; inline-size: 100%; min-inline-size: 0; }
  main:focus { outline: none; }
  .forgetful { margin-block-end: var(--space-4); }
  .opening { color: var(--text-soft); animation: late 1s steps(1); }
  @keyframes late { from { opacity: 0; } }
  bw-status-bar { position: sticky; inset-block-end: 0; z-index: 5; }
  .skip { position: absolute; inset-block-start: -60px; inset-inline-start: var(--space-2); background: var(--surface); padding: var(--space-2) var(--space-3); z-index: 20; border-radius: var(--radius-small); }
  .skip:focus { inset-block-start: var(--space-2); }
  @media (max-width: 720px) {
    :host { grid-template: auto 1fr auto / minmax(0, 1fr); }
    nav { grid-row: auto; block-size: auto; flex-direction: row; align-items: center; justify-content: space-between; border-inline-end: 0; border-block-end: 1px solid var(--line); padding: var(--space-1) var(--space-2); z-index: 6; padding-block-start: max(var(--space-1), env(safe-area-inset-top)); overflow-x: auto; scrollbar-width: none; }
    .brand, .section { flex: none; }
    .brand { margin: 0; min-inline-size: 44px; justify-content: center; }
    .brand span { display: none; }
    .section { padding: 4px 10px; gap: 6px; font-size: var(--size-2); }
    .section .icon { inline-size: 16px; block-size: 16px; }
    main { padding: var(--space-4) var(--space-3) var(--space-5); }
  }
  @media (max-width: 400px) {
    .section { padding-inline: 7px; }
    .section .icon { display: none; }
  }
`;
