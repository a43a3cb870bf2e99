/** A built-in table as one big button: what it asks, its size, a picture of its rows. */
import { css, html, type TemplateResult } from 'lit';
import type { BuiltinDescription } from '../../../data/source.js';
import { builtinPicture } from '../../elements/builtin-picture.js';
import { counted } from '../../format.js';

export const builtinCardStyles = css`
  .builtin { inline-size: 100%; block-size: 100%; display: grid; grid-template-rows: 84px auto 1fr auto; gap: var(--space-2); text-align: start; justify-content: stretch; justify-items: stretch; align-items: start; padding: var(--space-3); border-radius: var(--radius); font-weight: 400; line-height: 1.45; }
  .builtin:hover { border-color: var(--accent) !important; }
  .builtin .picture { background: var(--surface-sunk); border-radius: var(--radius-small); block-size: 84px; padding: var(--space-2); }
  .builtin .picture svg, .builtin .picture img { inline-size: 100%; block-size: 100%; display: block; }
  .builtin .picture img { object-fit: cover; object-position: left; image-rendering: pixelated; border-radius: 4px; }
  .builtin strong { font-weight: 600; }
  .builtin .description { font-size: var(--size-2); color: var(--text-soft); }
  .builtin .size { font: var(--size-1) var(--font-figures); color: var(--text-soft); }
`;

export const builtinCard = (
  description: BuiltinDescription,
  open: () => void,
): TemplateResult => html`<button type="button" class="builtin" @click=${open}>
  <span class="picture">${builtinPicture(description.name)}</span>
  <strong>${description.title}</strong>
  <span class="description">${description.description}</span>
  <span class="size">${description.pictures ? counted(description.rows, 'picture') : `${counted(description.rows, 'row')} × ${counted(description.columns, 'column')}`}</span>
</button>`;
