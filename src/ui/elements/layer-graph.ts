/** A network as boxes and arrows, from the input at the top to what it answers; the same stands in words below it. */
import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LayerDescription } from '../../compute/plan/inspect.js';
import { counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { boxHeight, boxWidth, layoutOf } from './graph-layout.js';

const margin = 6;
const shapeText = (shape: readonly number[]): string => shape.join(' × ');

@customElement('bw-layer-graph')
export class LayerGraph extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .scroll { overflow: auto; max-block-size: 560px; }
      svg { display: block; margin-inline: auto; }
      rect { fill: var(--surface); stroke: var(--line-strong); }
      .input rect { fill: var(--surface-sunk); stroke-dasharray: 4 3; }
      .fixed rect { fill: var(--surface-sunk); }
      .learns rect { fill: var(--accent-soft); stroke: var(--accent); }
      path { fill: none; stroke: var(--text-soft); stroke-width: 1.5; }
      .far { stroke: var(--series-2); stroke-dasharray: 6 3; }
      .head { fill: var(--text-soft); stroke: none; }
      text { fill: var(--text); font: 600 12px var(--font); text-anchor: middle; }
      .shape { fill: var(--text-soft); font: 11px var(--font-figures); }
      li { font-size: var(--size-1); color: var(--text-soft); }
    `,
  ];

  @property({ attribute: false }) inputShape: readonly number[] = [];
  @property({ attribute: false }) layers: readonly LayerDescription[] = [];

  #nameOf(node: number): string {
    return node < 0 ? 'the input' : `layer ${node + 1}`;
  }

  #box(node: number, x: number, y: number) {
    const layer = this.layers[node];
    const kind = node < 0 ? 'input' : layer.parameters > 0 ? 'learns' : '';
    return svg`<g class=${kind}><rect x=${x - boxWidth / 2} y=${y} width=${boxWidth} height=${boxHeight} rx="5" />
      <text x=${x} y=${y + 16}>${node < 0 ? 'input' : `${node + 1} ${shortened(layer.kind)}`}</text>
      <text class="shape" x=${x} y=${y + 30}>${shapeText(node < 0 ? this.inputShape : layer.outputShape)}</text></g>`;
  }

  override render() {
    const { width, height, boxes, arrows } = layoutOf(this.layers.map(({ reads }) => reads));
    const [fullWidth, fullHeight] = [width + 2 * margin, height + 2 * margin];
    const far = arrows.filter(({ points }) => points.length > 2).length;
    const label = `Graph of ${counted(this.layers.length, 'layer')}${far > 0 ? `, ${counted(far, 'connection')} past others` : ''}. In words below.`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Picture of the network"><svg role="img" aria-label=${label} width=${fullWidth} height=${fullHeight} viewBox=${`${-margin} ${-margin} ${fullWidth} ${fullHeight}`}>
        ${arrows.map(({ points }) => svg`<path class=${points.length > 2 ? 'far' : ''} d=${curveThrough(points)} /><path class="head" d=${headAt(points[points.length - 1])} />`)}
        ${boxes.map(({ node, x, y }) => this.#box(node, x, y))}</svg></div>
      <details><summary class="small">In words</summary><ol>${this.layers.map(
        ({ kind, name, reads, outputShape }, index) =>
          html`<li>Layer ${index + 1}, ${kind}${name === undefined ? '' : ` “${name}”`}, reads ${reads.map((node) => this.#nameOf(node)).join(' and ')} and gives ${shapeText(outputShape)}.</li>`,
      )}</ol></details>`;
  }
}

const shortened = (kind: string): string => (kind.length > 17 ? `${kind.slice(0, 16)}…` : kind);

type Point = { x: number; y: number };

/** From the bottom of a box, past the middle of others, to the top of the box that reads. */
function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  let [x, y] = [first.x, first.y + boxHeight];
  let path = `M${x} ${y}`;
  for (const [index, point] of rest.entries()) {
    const bend = (point.y + y) / 2;
    path += `C${x} ${bend} ${point.x} ${bend} ${point.x} ${point.y}`;
    [x, y] = [point.x, point.y];
    if (index < rest.length - 1) {
      y += boxHeight;
      path += `L${x} ${y}`;
    }
  }
  return path;
}

const headAt = ({ x, y }: Point): string => `M${x} ${y}l-4 -7h8z`;
