/** What every shadow root starts from: box sizing, headings, links, focus, figures and reduced motion. */
import { css } from 'lit';

export const base = css`
  *, ::before, ::after { box-sizing: border-box; }
  :host { display: block; }
  :host([hidden]), [hidden] { display: none !important; }
  h1, h2, h3, p, dl, dd, ul, ol, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: var(--size-5); line-height: 1.2; letter-spacing: -0.01em; font-weight: 700; overflow-wrap: anywhere; }
  h1:focus { outline: none; }
  h2 { font-size: var(--size-2); font-weight: 600; color: var(--text-soft); }
  h3 { font-size: var(--size-3); font-weight: 600; }
  a { color: var(--accent); text-underline-offset: 2px; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: var(--radius-small); }
  ::selection { background: var(--accent-soft); }
  .soft { color: var(--text-soft); }
  .small { font-size: var(--size-2); }
  .figures { font-family: var(--font-figures); font-variant-numeric: tabular-nums; }
  .nowrap { white-space: nowrap; }
  .visually-hidden {
    position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0;
    overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0;
  }
  .icon { inline-size: 1.15em; block-size: 1.15em; flex: none; vertical-align: -0.2em; }
  @media (prefers-reduced-motion: reduce) {
    *, ::before, ::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
  }
`;
