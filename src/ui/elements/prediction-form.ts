/** A form generated from a model's fields: typical values to start from, ranges and choices in sight. Says `bw-row`. */
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RawRow } from '../../infer/models.js';
import type { Field } from '../../spec/field.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { fieldInput, typicalText } from './field-input.js';

/** A record read again, as after a rename, has the same fields in new objects: what was typed stays. */
const sameNames = (fields: readonly Field[], before: readonly Field[] | undefined): boolean =>
  before?.length === fields.length && fields.every(({ name }, index) => name === before[index].name);

@customElement('bw-prediction-form')
export class PredictionForm extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      form { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(190px, 100%), 1fr)); gap: var(--space-4) var(--space-3); }
      @media (max-width: 720px) { form { grid-template-columns: repeat(auto-fill, minmax(min(130px, 100%), 1fr)); } }
      label { content-visibility: auto; contain-intrinsic-size: auto 80px; }
      label > span:first-child { color: var(--text); overflow-wrap: anywhere; }
    `,
  ];

  @property({ attribute: false }) fields: readonly Field[] = [];
  @state() private texts = new Map<string, string>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('fields') || sameNames(this.fields, changed.get('fields'))) return;
    this.texts = new Map(this.fields.map((field) => [field.name, typicalText(field)]));
    this.#say();
  }

  /** Empty text is a missing value, which every model takes. */
  #say(): void {
    const row: RawRow = Object.create(null) as RawRow;
    for (const [name, text] of this.texts) row[name] = text === '' ? null : text;
    emit<RawRow>(this, 'bw-row', row);
  }

  #changed(name: string, text: string): void {
    this.texts = new Map(this.texts).set(name, text);
    this.#say();
  }

  override render() {
    return html`<form @submit=${(event: SubmitEvent) => event.preventDefault()}>${this.fields.map((field) =>
      fieldInput(field, this.texts.get(field.name) ?? '', (text) => this.#changed(field.name, text)),
    )}</form>`;
  }
}
