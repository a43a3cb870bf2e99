/** A small picture of a built-in table, drawn from its own rows: points by class, or pixels of digits. Decorative. */
import { html, svg, type TemplateResult } from 'lit';
import { pictures } from './builtin-pictures.js';

const pixels = 8;

function digits(images: readonly string[]): TemplateResult {
  return html`<svg viewBox="0 0 ${images.length * (pixels + 1) - 1} 8" aria-hidden="true">${images.map((image, at) =>
    [...image].map((value, index) => {
      const ink = parseInt(value, 17) / 16;
      return ink === 0
        ? svg``
        : svg`<rect x=${at * (pixels + 1) + (index % pixels)} y=${Math.floor(index / pixels)} width="1.02" height="1.02" fill="var(--text)" fill-opacity=${ink.toFixed(2)} />`;
    }),
  )}</svg>`;
}

function points(rows: readonly (readonly [number, number, number])[]): TemplateResult {
  return html`<svg viewBox="-2 -2 104 44" aria-hidden="true">${rows.map(
    ([x, y, series]) => svg`<circle cx=${x} cy=${40 - y} r="1.35" fill="var(--series-${series + 1})" fill-opacity="0.8" />`,
  )}</svg>`;
}

export function builtinPicture(name: string): TemplateResult | undefined {
  // Real pictures, a strip of eight: too many bytes to be part of the scripts.
  if (name === 'fashion-mnist') return html`<img src="data/fashion-mnist.png" alt="" loading="lazy" />`;
  const picture = pictures.get(name);
  if (!picture) return undefined;
  return picture.kind === 'digits' ? digits(picture.images) : points(picture.points);
}
