/** One field of a prediction form: the native control that fits the column's type. */
import { html, nothing, type TemplateResult } from 'lit';
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

/** What stands in a field; `unreadable` where the browser finds no number or date in it and answers an empty text. */
export interface FieldEntry {
  text: string;
  unreadable: boolean;
}

export function fieldInput(field: Field, entry: FieldEntry, changed: (entry: FieldEntry) => void): TemplateResult {
  const take = (event: Event): void => {
    const { value, validity } = event.target as HTMLInputElement | HTMLSelectElement;
    changed({ text: value, unreadable: validity.badInput });
  };
  return html`<label><span>${field.name}</span>${control(field, entry, take)}</label>`;
}

function hintOf(field: Field, { text, unreadable }: FieldEntry): TemplateResult {
  if (unreadable) {
    const wanted = field.type === 'datetime' ? 'This is no complete date.' : 'This is no number. Write it like 1.5 or 1e-3.';
    return html`<span class="hint bad">${wanted}</span>`;
  }
  if (isUnseen(field, text)) return html`<span class="hint warn">Beyond training: ${fieldInWords(field)}</span>`;
  return html`<span class="hint">${fieldInWords(field)}</span>`;
}

function control(field: Field, entry: FieldEntry, take: (event: Event) => void): TemplateResult {
  const { text } = entry;
  const choices = (field.top ?? []).map(({ value }) => value);
  if (isCategorical(field.type) && choices.length > 0 && choices.length <= mostPicked && field.distinct <= choices.length) {
    return html`<select name=${field.name} @change=${take}>
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === text}>${choice}</option>`)}
      <option value="" ?selected=${text === ''}>not known</option>
    </select>`;
  }
  const hint = hintOf(field, entry);
  const invalid = entry.unreadable ? 'true' : nothing;
  if (field.type === 'datetime')
    return html`<input name=${field.name} type="date" aria-invalid=${invalid} .value=${live(text)} @input=${take} />${hint}`;
  if (isNumeric(field.type)) {
    return html`<input name=${field.name} type="number" inputmode="decimal" step="any" placeholder="not known" aria-invalid=${invalid} .value=${live(text)} @input=${take} />${hint}`;
  }
  const list = `choices-${field.name.replace(/[^a-z0-9]/gi, '-')}`;
  return html`<input name=${field.name} list=${list} placeholder="not known" .value=${live(text)} @input=${take} />
    <datalist id=${list}>${choices.slice(0, mostPicked).map((choice) => html`<option value=${choice}></option>`)}</datalist>${hint}`;
}
