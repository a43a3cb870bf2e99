/** One field of a prediction form: the native control that fits the column's type. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Field } from '../../spec/field.js';
import { isCategorical, isNumeric } from '../../spec/field-type.js';
import { day, fieldInWords } from './field-picture.js';

/** More choices than this are typed, with suggestions, instead of picked from a list. */
const mostPicked = 100;

/** A typical value as text: the median, rounded to the column's own precision, or the most frequent value. */
export function typicalText(field: Field): string {
  if (field.range && isNumeric(field.type)) {
    if (field.type === 'datetime') return day(field.range.median);
    return field.type === 'integer' ? Math.round(field.range.median).toString() : Number(field.range.median.toPrecision(5)).toString();
  }
  return field.top?.[0]?.value ?? '';
}

/** A number that training never saw: the model answers, with nothing to go by. */
function isUnseen({ type, range }: Field, text: string): boolean {
  if (!range || text === '' || !isNumeric(type) || type === 'datetime') return false;
  return Number(text) < range.minimum || Number(text) > range.maximum;
}

export function fieldInput(field: Field, text: string, changed: (text: string) => void): TemplateResult {
  const take = (event: Event): void => changed((event.target as HTMLInputElement | HTMLSelectElement).value);
  return html`<label><span>${field.name}</span>${control(field, text, take)}</label>`;
}

function control(field: Field, text: string, take: (event: Event) => void): TemplateResult {
  const choices = (field.top ?? []).map(({ value }) => value);
  if (isCategorical(field.type) && choices.length > 0 && choices.length <= mostPicked && field.distinct <= choices.length) {
    return html`<select name=${field.name} @change=${take}>
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === text}>${choice}</option>`)}
      <option value="" ?selected=${text === ''}>not known</option>
    </select>`;
  }
  const hint = isUnseen(field, text)
    ? html`<span class="hint warn">Beyond training: ${fieldInWords(field)}</span>`
    : html`<span class="hint">${fieldInWords(field)}</span>`;
  if (field.type === 'datetime') return html`<input name=${field.name} type="date" .value=${live(text)} @input=${take} />${hint}`;
  if (isNumeric(field.type)) {
    return html`<input name=${field.name} type="number" inputmode="decimal" step="any" placeholder="not known" .value=${live(text)} @input=${take} />${hint}`;
  }
  const list = `choices-${field.name.replace(/[^a-z0-9]/gi, '-')}`;
  return html`<input name=${field.name} list=${list} placeholder="not known" .value=${live(text)} @input=${take} />
    <datalist id=${list}>${choices.slice(0, mostPicked).map((choice) => html`<option value=${choice}></option>`)}</datalist>${hint}`;
}
