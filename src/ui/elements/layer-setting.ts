/** A setting of a layer as a form field, generated from the schema: numbers, choices, flags, names, and layers to read. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldForm, LayerField } from '../../spec/layer-fields.js';

/** A layer that may be read: by its name, or by its place where it has none yet. */
export interface Readable {
  value: string;
  title: string;
}

export interface Setting {
  field: LayerField;
  value: unknown;
  readable: readonly Readable[];
  change: (value: unknown) => void;
}

const words = (name: string): string => {
  const spaced = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced[0].toUpperCase() + spaced.slice(1);
};

/** Words of the schema stand in quotes here, not between backticks. */
const hintOf = ({ description }: LayerField): string => description.replace(/`([^`]*)`/g, '“$1”');
const titles: Readonly<Record<string, string>> = { from: 'Reads' };
const titleOf = ({ name }: LayerField): string => titles[name] ?? words(name);
const textOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
const numberOf = (text: string): number | undefined => (text === '' ? undefined : Number(text));
/** "7 × 3", "7, 3" and "7 3" alike. What is no number stays as it was written, and is told at the layer. */
const numbersIn = (text: string): unknown => {
  const parts = text.split(/[\s,×x]+/).filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));
};
const shown = (value: unknown): string => (value === undefined ? '' : String(value));

export function layerSetting(setting: Setting): TemplateResult {
  const { field, value, change } = setting;
  const { form } = field;
  const description = hintOf(field);
  const title = titleOf(field);
  switch (form.as) {
    case 'flag':
      return html`<label class="flag"><input type="checkbox" .checked=${live(value === true)} @change=${(event: Event) =>
        change(
          (event.target as HTMLInputElement).checked || undefined,
        )} /><span>${title}<span class="hint">${description}</span></span></label>`;
    case 'choice':
      return choiceSetting(setting, form);
    case 'number':
      return html`<label>${title}${numberInput(form, value, shown(field.otherwise), (text) => change(numberOf(text)))}<span class="hint">${description}</span></label>`;
    case 'numbers':
      return numbersSetting(setting, form);
    case 'extents':
      return html`<label>${title}<input type="text" inputmode="numeric" autocomplete="off" spellcheck="false" .value=${live(Array.isArray(value) ? value.join(' × ') : '')}
        @change=${(event: Event) => change(numbersIn(textOf(event)))} /><span class="hint">${description}</span></label>`;
    case 'name':
      return html`<label>${title}<input type="text" maxlength="64" autocomplete="off" spellcheck="false" .value=${live(shown(value))}
        @change=${(event: Event) => change(textOf(event).trim() || undefined)} /><span class="hint">${description}</span></label>`;
    case 'reference':
      return html`<label>${title}${readableSelect(setting, value, field.name === 'from' ? 'The layer before' : 'None', change)}<span class="hint">${description}</span></label>`;
    case 'references':
      return referencesSetting(setting, form);
  }
}

type Form<As extends FieldForm['as']> = Extract<FieldForm, { as: As }>;
type NumberBounds = { minimum: number; maximum: number; whole: boolean };

const numberInput = (
  { minimum, maximum, whole }: NumberBounds,
  value: unknown,
  placeholder: string,
  change: (text: string) => void,
  label?: string,
): TemplateResult => html`<input type="number" inputmode="decimal" min=${minimum} max=${maximum} step=${whole ? 1 : 'any'} placeholder=${placeholder || nothing}
  aria-label=${label ?? nothing} .value=${live(shown(value))} @input=${(event: Event) => change(textOf(event))} />`;

function choiceSetting({ field, value, change }: Setting, { values, numbers }: Form<'choice'>): TemplateResult {
  const title = titleOf(field);
  const own = Array.isArray(value);
  const choose = (chosen: string): void =>
    change(chosen === '' ? undefined : chosen === 'numbers' && numbers ? Array<number>(numbers.count).fill(numbers.minimum) : chosen);
  return html`<div class="label"><label>${title}<select @change=${(event: Event) => choose(textOf(event))}>
      ${field.required ? nothing : html`<option value="" ?selected=${value === undefined}>${field.otherwise === undefined ? 'Left out' : `${field.otherwise}, as usual`}</option>`}
      ${values.map((each) => html`<option value=${each} ?selected=${value === each}>${each}</option>`)}
      ${numbers ? html`<option value="numbers" ?selected=${own}>cells of your own</option>` : nothing}</select></label>
    ${numbers && own ? numberInputs(title, value, numbers, change) : nothing}<span class="hint">${hintOf(field)}</span></div>`;
}

const sides = ['top', 'left', 'bottom', 'right'];
const axes = ['height', 'width'];

const numberInputs = (
  title: string,
  values: readonly unknown[],
  bounds: NumberBounds & { count: number },
  change: (value: unknown) => void,
) =>
  html`<span class="numbers">${Array.from({ length: bounds.count }, (_, index) => {
    const label = `${title}, ${(bounds.count === 2 ? axes : sides)[index]}`;
    return numberInput(
      bounds,
      values[index],
      '',
      (text) => change(Array.from({ length: bounds.count }, (__, each) => (each === index ? numberOf(text) : values[each]))),
      label,
    );
  })}</span>`;

/** Emptied, one that need not be there is left out as a whole. */
function numbersSetting({ field, value, change }: Setting, bounds: Form<'numbers'>): TemplateResult {
  const values = Array.isArray(value) ? value : [];
  const changed = (next: unknown): void => {
    const isEmpty = (next as unknown[]).every((each) => each === undefined);
    // Of a pair, what is not said yet is as what is said.
    const filled =
      values.length === 0 ? (next as unknown[]).map((each) => each ?? (next as unknown[]).find((other) => other !== undefined)) : next;
    change(isEmpty && !field.required ? undefined : filled);
  };
  return html`<div class="label" role="group" aria-label=${titleOf(field)}><span>${titleOf(field)}</span>${numberInputs(titleOf(field), values, bounds, changed)}
    <span class="hint">${hintOf(field)}${field.otherwise === undefined ? nothing : ` ${shown(field.otherwise)} when left out.`}</span></div>`;
}

function readableSelect(
  { readable }: Setting,
  value: unknown,
  nothingChosen: string | undefined,
  change: (value: unknown) => void,
  label?: string,
): TemplateResult {
  const unknown = typeof value === 'string' && !readable.some((each) => each.value === value);
  return html`<select aria-label=${label ?? nothing} @change=${(event: Event) => change(textOf(event) || undefined)}>
    ${nothingChosen === undefined ? nothing : html`<option value="" ?selected=${value === undefined}>${nothingChosen}</option>`}
    ${unknown ? html`<option value=${value} selected>“${value}”, which is not there</option>` : nothing}
    ${readable.map((each) => html`<option value=${each.value} ?selected=${each.value === value}>${each.title}</option>`)}</select>`;
}

function referencesSetting(setting: Setting, { fewest, most }: Form<'references'>): TemplateResult {
  const { field, change } = setting;
  const list: unknown[] = Array.isArray(setting.value) ? setting.value : [];
  const title = titleOf(field);
  return html`<div class="label" role="group" aria-label=${title}><span>${title}</span>
    ${list.map(
      (
        each,
        index,
      ) => html`<span class="reference">${readableSelect(setting, each, undefined, (value) => change(list.with(index, value)), `${title}, ${index + 1} of ${list.length}`)}
      <button type="button" class="quiet" ?disabled=${list.length <= fewest} aria-label=${`Remove ${each} from what it reads`} @click=${() => change(list.toSpliced(index, 1))}>Remove</button></span>`,
    )}
    <span class="row"><button type="button" class="quiet" ?disabled=${list.length >= most} @click=${() => change([...list, setting.readable[0]?.value])}>Read one more</button></span>
    <span class="hint">${hintOf(field)}</span></div>`;
}
