/** The columns of a table to look through: each with its picture, its type and why, and how much it says of the target. Hundreds stay smooth: only those in sight are drawn. */
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Field } from '../../spec/field.js';
import { type FieldType, fieldTypes } from '../../spec/field-type.js';
import type { Finding, Profile } from '../../spec/profile.js';
import { emit } from '../events.js';
import { count, counted, percentage } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { typeWords } from '../words.js';
import { columnProfilesStyles } from './column-profiles-styles.js';
import { customProperties } from './custom-properties.js';
import { fieldCounts, fieldInWords } from './field-picture.js';
import { icon } from './icon.js';
import { type ListedColumn, type Listing, listedColumns, type Order } from './listed-columns.js';
import { associationInWords, distinctInWords, measureWords } from './profile-words.js';
import './column-picture.js';
import './histogram.js';

const wideRow = 86;
const narrowRow = 164;
const narrow = 640;
/** Drawn above and below what is in sight. */
const margin = 4;
/** Below this many, there is nothing to search for. */
const fewColumns = 6;

const orderWords: Record<Order, string> = {
  table: 'as in the table',
  association: 'by association',
  name: 'by name',
  type: 'by type',
  missing: 'most missing first',
  distinct: 'most distinct first',
};

@customElement('bw-column-profiles')
export class ColumnProfiles extends LitElement {
  static override styles = [base, controls, layout, columnProfilesStyles];

  @property({ attribute: false }) fields: readonly Field[] = [];
  @property({ attribute: false }) profile: Profile | undefined;
  @property({ type: Number }) rows = 0;
  @property() target = '';
  @state() private listing: Listing = { text: '', type: '', order: 'table' };
  @state() private top = 0;
  @state() private view = { inline: 1000, block: 600 };
  readonly #resized = new ResizeObserver(([{ contentRect }]) => {
    this.view = { inline: contentRect.width, block: contentRect.height };
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.#scroll);
  }

  get #scroll(): HTMLElement {
    return this.renderRoot.querySelector('.scroll') as HTMLElement;
  }

  get #columns(): ListedColumn[] {
    const findings = new Map<string, Finding[]>();
    for (const finding of this.profile?.findings ?? []) {
      if (finding.severity !== 'note') for (const name of finding.columns) findings.set(name, [...(findings.get(name) ?? []), finding]);
    }
    return this.fields.map((field, index) => ({ field, profiled: this.profile?.columns[index], findings: findings.get(field.name) ?? [] }));
  }

  #list(change: Partial<Listing>): void {
    this.listing = { ...this.listing, ...change };
    this.#scroll.scrollTop = 0;
  }

  override render() {
    const found = listedColumns(this.#columns, this.listing);
    const height = this.view.inline < narrow ? narrowRow : wideRow;
    const first = Math.max(0, Math.floor(this.top / height) - margin);
    const last = Math.min(found.length, Math.ceil((this.top + this.view.block) / height) + margin);
    const types = fieldTypes.filter((type) => this.fields.some((field) => field.type === type));
    const value = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
    return html`${
      this.fields.length < fewColumns
        ? nothing
        : html`<div class="tools">
      <label>Find a column<input type="search" .value=${this.listing.text} @input=${(event: Event) => this.#list({ text: value(event) })} /></label>
      <label>Type<select @change=${(event: Event) => this.#list({ type: value(event) as FieldType | '' })}><option value="">all types</option>${types.map((type) => html`<option value=${type}>${typeWords[type]}</option>`)}</select></label>
      <label>Order<select @change=${(event: Event) => this.#list({ order: value(event) as Order })}>${Object.entries(orderWords).map(([order, words]) => html`<option value=${order} ?disabled=${order === 'association' && !this.profile?.target}>${words}</option>`)}</select></label>
    </div>`
    }
    <div class="scroll ${this.view.inline < narrow ? 'narrow' : ''}" tabindex="0" role="region" aria-label="All columns" @scroll=${() => {
      this.top = this.#scroll.scrollTop;
    }}>
      ${found.length === 0 ? html`<p class="soft none">No column is like that.</p>` : nothing}
      <ul ${customProperties({ '--all': `${found.length * height}px`, '--row': `${height}px` })}>
        ${found.slice(first, last).map((column, index) => this.#row(column, first + index, found.length, height))}
      </ul></div>
    <p class="hint" role="status">${found.length === this.fields.length ? counted(found.length, 'column') : `${count(found.length)} of ${counted(this.fields.length, 'column')}`}</p>`;
  }

  #row({ field, profiled, findings }: ListedColumn, place: number, all: number, height: number) {
    const { name, type, missing, reason } = field;
    const chosen = name === this.target;
    const words = fieldInWords(field);
    const learn = `Learn to predict ${name}`;
    return html`<li class=${chosen ? 'target' : ''} aria-posinset=${place + 1} aria-setsize=${all} ${customProperties({ '--y': `${place * height}px` })}>
      <label class="learn" title=${learn}><input type="radio" name="target" .checked=${chosen} aria-label=${learn} @change=${() => emit(this, 'bw-target', name)} /></label>
      <div class="what">
        <button type="button" class="link name" title=${name} aria-haspopup="dialog" @click=${() => emit(this, 'bw-column', name)}>${name}</button>
        <span class="kind"><span class="chip ${chosen ? 'accent' : ''}" title=${reason}>${chosen ? 'target · ' : ''}${typeWords[type]}</span>
        ${findings.map((finding) => html`<span class="mark ${finding.severity}" title=${finding.message}>${icon(finding.severity === 'bad' ? 'bad' : 'warn')}<span class="visually-hidden">${finding.message}</span></span>`)}</span>
      </div>
      <div class="picture">${profiled ? html`<bw-column-picture .column=${profiled} .rows=${this.rows}></bw-column-picture>` : html`<bw-histogram class="tall" .counts=${fieldCounts(field)} .label="Spread of ${name}: ${words || 'no values'}"></bw-histogram>`}</div>
      <div class="words"><span class="spread" title=${words}>${words}</span>
        <span class="count">${profiled ? distinctInWords(profiled.distinct) : `${count(field.distinct)} distinct`}${missing > 0 ? html` · <span class="missing">${percentage(missing / Math.max(1, this.rows))} missing</span>` : nothing}</span></div>
      ${this.#association(profiled, chosen)}
    </li>`;
  }

  #association(profiled: ListedColumn['profiled'], chosen: boolean) {
    const { association } = profiled ?? {};
    if (!association) return html`<div class="says soft">${chosen ? 'what is learnt' : ''}</div>`;
    return html`<div class="says" title="${measureWords[association.measure].name}: ${measureWords[association.measure].explanation}">
      <span class="figures">${association.value.toFixed(2)}</span>
      <span class="track" role="img" aria-label="Says of the target: ${associationInWords(association)}"><span class="fill" ${customProperties({ '--share': association.value.toFixed(4) })}></span></span>
      <span class="measure">${measureWords[association.measure].name}</span></div>`;
  }
}
