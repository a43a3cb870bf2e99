/** Line icons, drawn for this app. Decorative: the words beside them carry the meaning. */
import { html, svg, type TemplateResult } from 'lit';

const strokes = {
  mark: 'M3 9h18M6 9v11M18 9v11M6 15h12M8 5l4-2 4 2',
  data: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14',
  train: 'M4 4v16h16M7 7c2 6 5 8 12 9',
  models: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  serve: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.1M7.5 16h.1M12 8h5M12 16h5',
  experiments: 'M10 3h4M10.5 3v6L5 19.5h14L13.5 9V3M8 14.5h8',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M12 17v-6M9.5 13.5L12 11l2.5 2.5',
  paste: 'M8 5H6v16h12V5h-2M9 3h6v4H9zM9 12h6M9 16h6',
  camera: 'M4 8h4l1.5-2.5h5L16 8h4v11H4zM12 10a3.2 3.2 0 100 6.4 3.2 3.2 0 000-6.4z',
  rename: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  remove: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 5l12 7-12 7z',
  stop: 'M6 6h12v12H6z',
  close: 'M6 6l12 12M18 6L6 18',
  download: 'M12 4v11M7.5 11L12 15.5 16.5 11M5 20h14',
  good: 'M5 12.5l4.5 4.5L19 7.5',
  warn: 'M12 4l9 16H3zM12 10v4.5M12 17.5v.1',
  bad: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 8v5M12 16v.1',
  shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z',
} as const;

export type IconName = keyof typeof strokes;

export const icon = (name: IconName): TemplateResult => html`<svg
  class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${svg`<path d=${strokes[name]} />`}</svg>`;
