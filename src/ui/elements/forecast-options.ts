/** What a forecast is of: the time, the series, and how far ahead. */
import { html, type TemplateResult } from 'lit';
import type { Field } from '../../spec/field.js';
import { isCategorical, isNumeric } from '../../spec/field-type.js';
import type { TrainingSpec } from '../../spec/training.js';

export function forecastOptions(fields: readonly Field[], target: string): TemplateResult {
  const others = fields.filter(({ name }) => name !== target);
  const times = others.filter(({ type }) => isNumeric(type)).sort((one, other) => rank(one) - rank(other));
  const groups = others.filter(({ type }) => isCategorical(type));
  return html`<fieldset class="options"><legend>The series</legend>
    <label>Time<select name="time">${times.map(({ name }) => html`<option value=${name}>${name}</option>`)}</select><span class="hint">Rows are put in its order.</span></label>
    <label>Series<select name="series"><option value="">All rows are one</option>${groups.map(({ name }) => html`<option value=${name}>One for each ${name}</option>`)}</select></label>
    <label>Rows ahead<input name="horizon" type="number" inputmode="numeric" min="1" max="1000" step="1" value="1" required /><span class="hint">All up to this one are told.</span></label>
    <label>Looked back, rows<input name="lookback" type="number" inputmode="numeric" min="1" max="1000" step="1" placeholder="automatic" /></label>
    <label>Season, rows<input name="season" type="number" inputmode="numeric" min="1" max="1000" step="1" placeholder="automatic" /><span class="hint">After so many it repeats itself; 1: never.</span></label>
  </fieldset>`;
}

/** Dates first. */
const rank = ({ type }: Field): number => (type === 'datetime' ? 0 : 1);

export function readForecast(data: FormData): Pick<TrainingSpec, 'forecast'> {
  const text = (name: string): string => String(data.get(name) ?? '');
  const numbers = (['horizon', 'lookback', 'season'] as const)
    .filter((name) => text(name) !== '')
    .map((name) => [name, Number(text(name))]);
  const forecast = {
    ...(text('time') === '' ? {} : { time: text('time') }),
    ...(text('series') === '' ? {} : { group: text('series') }),
    ...Object.fromEntries(numbers),
  };
  return { forecast };
}
