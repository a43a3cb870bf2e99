/** A forecast on the test rows: as they came, as they were foretold, and as they would have been without a model; and errors step by step. */
import { html, type TemplateResult } from 'lit';
import type { Backtest } from '../../../spec/backtest.js';
import { figure } from '../../format.js';
import { timeWords } from '../../time-words.js';
import '../../elements/line-chart.js';

const dashed = [5, 4];

export function backtestCards({ backtest, areDates }: { backtest: Backtest; areDates: boolean }): TemplateResult {
  const naive = backtest.season > 1 ? 'one season before' : 'the last value';
  return html`${backtest.lines.map((line) => lineCard(line, naive, areDates))}${backtest.horizon > 1 ? stepsCard(backtest) : html``}`;
}

function lineCard(line: Backtest['lines'][number], naive: string, areDates: boolean): TemplateResult {
  const { step, series, times, actual, forecast, naive: before } = line;
  const title = `Told ${step === 1 ? 'one row' : `${step} rows`} ahead${series === undefined ? '' : `, ${series}`}`;
  const error = (of: readonly number[]): string =>
    figure(of.reduce((sum, value, place) => sum + Math.abs(value - actual[place]), 0) / of.length);
  const span = `${timeWords(times[0], areDates)} to ${timeWords(times[times.length - 1], areDates)}`;
  const words = `The latest ${times.length} test rows, ${span}. The forecast is off by ${error(forecast)} on average, ${naive} by ${error(before)}.`;
  const id = `told-${step}`;
  return html`<section class="card" aria-labelledby=${id}><h2 id=${id}>${title}</h2>
    <bw-line-chart .x=${times.map((_, place) => place + 1)} .label=${words} .series=${[
      { name: 'as it came', values: actual, color: '--series-1' },
      { name: 'forecast', values: forecast, color: '--series-2' },
      { name: naive, values: before, color: '--series-3', dash: dashed },
    ]}></bw-line-chart><p class="hint">${words}</p></section>`;
}

function stepsCard({ byStep, season }: Backtest): TemplateResult {
  const last = byStep[byStep.length - 1];
  const words = `The mean absolute error goes from ${figure(byStep[0].mae)} one row ahead to ${figure(last.mae)} at ${last.step} rows ahead; by the last value from ${figure(byStep[0].naive)} to ${figure(last.naive)}.`;
  return html`<section class="card" aria-labelledby="steps"><h2 id="steps">Mean absolute error, by rows ahead</h2>
    <bw-line-chart .x=${byStep.map(({ step }) => step)} .label=${words} .series=${[
      { name: 'forecast', values: byStep.map(({ mae }) => mae), color: '--series-2' },
      { name: 'the last value', values: byStep.map(({ naive }) => naive), color: '--series-3', dash: dashed },
      ...(season > 1
        ? [{ name: 'one season before', values: byStep.map(({ seasonalNaive }) => seasonalNaive), color: '--series-1', dash: dashed }]
        : []),
    ]}></bw-line-chart><p class="hint">${words}</p></section>`;
}
