/** Buttons and form fields: native elements in our tokens. */
import { css } from 'lit';

export const controls = css`
  button, .button {
    font: 600 var(--size-3) / 1.2 var(--font); color: var(--text); text-decoration: none; cursor: pointer;
    display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2);
    min-block-size: var(--touch); padding: 6px 14px;
    border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface);
    transition: background var(--quick), border-color var(--quick);
  }
  button:hover:not(:disabled), .button:hover { border-color: var(--line-strong); }
  button:disabled { cursor: not-allowed; color: var(--text-soft); background: var(--surface-sunk); }
  button.primary, .button.primary { background: var(--accent); color: var(--on-accent); border-color: transparent; }
  button.primary:disabled { background: var(--surface-sunk); color: var(--text-soft); border-color: var(--line); }
  button.primary:hover:not(:disabled), .button.primary:hover { background: color-mix(in oklab, var(--accent) 88%, var(--text)); }
  button.quiet, .button.quiet { border-color: transparent; background: transparent; color: var(--text-soft); }
  button.quiet:hover:not(:disabled), .button.quiet:hover { background: var(--surface-sunk); color: var(--text); }
  button.danger { color: var(--bad); }
  button.icon-only { padding: 0; inline-size: var(--touch); }
  button.link { border: 0; background: none; padding: 0; color: var(--accent); font-weight: 500; text-decoration: underline; text-underline-offset: 2px; min-block-size: 24px; }
  label, .label { display: grid; gap: var(--space-1); font-size: var(--size-2); color: var(--text-soft); align-content: start; min-inline-size: 0; }
  input:not([type='checkbox'], [type='radio'], [type='file']), select, textarea {
    font: var(--size-3) / 1.4 var(--font); color: var(--text); background: var(--surface);
    border: 1px solid var(--line-strong); border-radius: var(--radius-small);
    padding: 6px 9px; min-block-size: var(--touch); inline-size: 100%; min-inline-size: 0;
  }
  input[type='number'] { font-family: var(--font-figures); font-variant-numeric: tabular-nums; }
  input::placeholder, textarea::placeholder { color: var(--text-soft); opacity: 1; }
  input:user-invalid, [aria-invalid='true'] { border-color: var(--bad) !important; }
  input[type='checkbox'], input[type='radio'] { accent-color: var(--accent); inline-size: 18px; block-size: 18px; }
  .hint { font-size: var(--size-1); color: var(--text-soft); line-height: 1.4; }
  .hint.bad { color: var(--bad); }
  .hint.warn { color: var(--warn); }
  progress { appearance: none; inline-size: 100%; block-size: 6px; border: 0; border-radius: 3px; background: var(--line); overflow: hidden; display: block; }
  progress::-webkit-progress-bar { background: var(--line); border-radius: 3px; }
  progress::-webkit-progress-value { background: var(--accent); border-radius: 3px; }
  progress::-moz-progress-bar { background: var(--accent); border-radius: 3px; }
  details > summary { cursor: pointer; font-weight: 600; min-block-size: var(--touch); display: flex; align-items: center; gap: var(--space-2); list-style: none; }
  details > summary::before { content: ''; inline-size: 6px; block-size: 6px; border: solid var(--text-soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); margin: 0 4px; transition: transform var(--quick); }
  details[open] > summary::before { transform: rotate(45deg); }
`;
