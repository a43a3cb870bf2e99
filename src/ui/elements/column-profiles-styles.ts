/** One line a column where there is room, two lines where there is little. */
import { css } from 'lit';

export const columnProfilesStyles = css`
  .tools { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1.3fr); gap: var(--space-3); margin-block-end: var(--space-3); }
  .scroll { max-block-size: min(690px, 78vh); overflow: auto; border-block: 1px solid var(--line); margin-inline: calc(-1 * var(--space-2)); overflow-x: hidden; }
  .none { padding: var(--space-4) var(--space-2); }
  ul { position: relative; block-size: var(--all); }
  li { position: absolute; inset-inline: 0; block-size: var(--row); transform: translateY(var(--y)); padding: var(--space-2); border-block-end: 1px solid var(--line); display: grid; align-items: center; gap: var(--space-1) var(--space-3);
    grid-template: 'learn what picture words says' minmax(0, 1fr) / auto minmax(120px, 1.1fr) minmax(110px, 200px) minmax(150px, 1.3fr) 104px; }
  li:last-child { border-block-end: 0; }
  .target { background: var(--accent-soft); }
  .learn { grid-area: learn; display: inline-flex; align-items: center; justify-content: center; inline-size: 30px; block-size: var(--touch); }
  .what { grid-area: what; display: grid; gap: 4px; min-inline-size: 0; justify-items: start; }
  button.name { max-inline-size: 100%; color: var(--text); font-weight: 600; text-decoration: none; text-align: start; display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-block-size: 26px; }
  button.name:hover { color: var(--accent); text-decoration: underline; }
  .kind { display: flex; align-items: center; gap: var(--space-2); }
  .target .chip { background: var(--surface); }
  .mark.bad { color: var(--bad); }
  .mark.warn { color: var(--warn); }
  .picture { grid-area: picture; min-inline-size: 0; }
  .words { grid-area: words; display: grid; gap: 2px; font-size: var(--size-2); min-inline-size: 0; }
  .spread { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere; }
  .count { font-size: var(--size-1); color: var(--text-soft); overflow-wrap: anywhere; }
  .missing { color: var(--warn); }
  .says { grid-area: says; display: grid; gap: 3px; font-size: var(--size-2); }
  .track { block-size: 8px; border-radius: 4px; background: var(--line); overflow: hidden; }
  .fill { display: block; block-size: 100%; inline-size: calc(var(--share) * 100%); background: var(--series-3); border-radius: 4px; }
  .measure { font-size: var(--size-1); color: var(--text-soft); line-height: 1.3; }
  .narrow li { grid-template: 'learn what says' auto 'picture picture picture' 56px 'words words words' auto / auto minmax(0, 1fr) 92px; align-content: center; }
  .narrow .spread { -webkit-line-clamp: 1; }
  .narrow .measure { display: none; }
  @media (max-width: 560px) { .tools { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .tools > :first-child { grid-column: 1 / -1; } }
`;
