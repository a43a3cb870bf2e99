/** How uPlot draws our curves: tokens for colours, hairline grid, tabular figures, an upright line at the best epoch. */
import type uPlot from 'uplot';
import { resolvedColor } from './resolved-color.js';

export interface ChartSeries {
  name: string;
  values: readonly (number | null)[];
  /** The name of a token: `--series-1`. */
  color: string;
  dash?: readonly number[];
}

interface Extras {
  mark: { at: number; label: string } | undefined;
  until: number;
}

const labelSize = 11;

export function chartOptions(host: Element, series: readonly ChartSeries[], extras: () => Extras): Omit<uPlot.Options, 'width' | 'height'> {
  const probe = getComputedStyle(host);
  const token = (name: string): string => resolvedColor(host, name);
  const font = `${labelSize}px ${probe.getPropertyValue('--font-figures') || 'monospace'}`;
  const axis = { stroke: token('--text-soft'), font, ticks: { show: false }, grid: { stroke: token('--line'), width: 1 } };
  return {
    pxAlign: 0,
    legend: { show: false },
    cursor: { show: false },
    padding: [20, 22, 0, 0],
    scales: {
      x: { time: false, range: (_chart, least, most) => [Math.min(1, least ?? 1), Math.max(extras().until, most ?? 1, 2)] },
      y: { range: (_chart, least, most) => paddedRange(least, most) },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 26, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] },
      { ...axis, size: 48 },
    ],
    series: [
      {},
      ...series.map(({ name, color, dash }) => ({
        label: name,
        stroke: token(color),
        width: 2,
        // One epoch makes no line.
        points: { show: (chart: uPlot) => chart.data[0].length === 1, size: 7, fill: token(color) },
        ...(dash ? { dash: [...dash] } : {}),
      })),
    ],
    hooks: { draw: [(chart) => drawMark(chart, extras().mark, token('--good'), font)] },
  };
}

function paddedRange(least: number | null, most: number | null): [number, number] {
  if (least === null || most === null) return [0, 1];
  const room = (most - least || Math.abs(most) || 1) * 0.06;
  // A loss or share that comes near 0 is shown from 0: never from a little above, which would exaggerate.
  const bottom = least >= 0 && least < most * 0.5 ? 0 : least - room;
  return [bottom, most + room];
}

function drawMark(chart: uPlot, mark: Extras['mark'], color: string, font: string): void {
  if (!mark) return;
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  const at = chart.valToPos(mark.at, 'x', true);
  ctx.save();
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = scale;
  ctx.setLineDash([2 * scale, 3 * scale]);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = font.replace(/^[\d.]+px/, `${labelSize * scale}px`);
  // Above the plot, where no curve runs through it, and never beyond its ends.
  const half = ctx.measureText(mark.label).width / 2;
  ctx.textAlign = 'center';
  ctx.fillText(mark.label, Math.min(bbox.left + bbox.width - half, Math.max(bbox.left + half, at)), bbox.top - 6 * scale);
  ctx.restore();
}
