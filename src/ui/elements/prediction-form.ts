/**
 * A form generated from a model's fields: typical values to start from, ranges and choices in sight. Says `bw-row`, or
 * `bw-unreadable` with the names of fields whose text is no value: they do not count as missing.
 */
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RawRow } from '../../infer/models.js';
import type { Field } from '../../spec/field.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { type FieldEntry, fieldInput, typicalText } from './field-input.js';

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
  @state() private entries = new Map<string, FieldEntry>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('fields') || sameNames(this.fields, changed.get('fields'))) return;
    this.entries = new Map(this.fields.map((field) => [field.name, { text: typicalText(field), unreadable: false }]));
    this.#say();
  }

  /** Empty text is a missing value, which every model takes. */
  #say(): void {
    const unreadable = [...this.entries].filter(([, entry]) => entry.unreadable).map(([name]) => name);
    if (unreadable.length > 0) {
      emit<string[]>(this, 'bw-unreadable', unreadable);
      return;
    }
    const row: RawRow = Object.create(null) as RawRow;
    for (const [name, { text }] of this.entries) row[name] = text === '' ? null : text;
    emit<RawRow>(this, 'bw-row', row);
  }

  #changed(name: string, entry: FieldEntry): void {
    this.entries = new Map(this.entries).set(name, entry);
    this.#say();
  }

  override render() {
    return html`<form @submit=${(event: SubmitEvent) => event.preventDefault()}>${this.fields.map((field) =>
      fieldInput(field, this.entries.get(field.name) ?? { text: '', unreadable: false }, (entry) => this.#changed(field.name, entry)),
    )}</form>`;
  }
}
