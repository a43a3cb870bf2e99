/** Conditions on the rows of a data set, one a line, all of which must hold. Says `bw-conditions` with those that are complete. */
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LakeColumn } from '../../data/lake/lake.js';
import type { Operator, Predicate } from '../../spec/predicate.js';
import { emit } from '../events.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { icon } from './icon.js';

interface Draft {
  column: string;
  op: Operator;
  text: string;
}

const words: readonly (readonly [Operator, string])[] = [
  ['=', 'is'],
  ['!=', 'is not'],
  ['<', 'is less than'],
  ['<=', 'is at most'],
  ['>', 'is more than'],
  ['>=', 'is at least'],
  ['in', 'is one of'],
  ['is missing', 'is missing'],
  ['is not missing', 'is not missing'],
];

const needsValue = (op: Operator): boolean => op !== 'is missing' && op !== 'is not missing';

@customElement('bw-lake-conditions')
export class LakeConditions extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      :host { display: grid; gap: var(--space-3); }
      ul { display: grid; gap: var(--space-2); }
      ul:empty { display: none; }
      li { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1.4fr) minmax(0, 2fr) auto; gap: var(--space-2); align-items: center; }
      @media (max-width: 560px) { li { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; } li > .value { grid-column: 1 / 3; } li > button { grid-row: 1; grid-column: 3; } }
    `,
  ];

  @property({ attribute: false }) columns: readonly LakeColumn[] = [];
  @property({ type: Boolean }) disabled = false;
  @state() private drafts: Draft[] = [];

  #change(drafts: Draft[]): void {
    this.drafts = drafts;
    emit(this, 'bw-conditions', drafts.filter(isComplete).map(predicateOf));
  }

  async #add(): Promise<void> {
    this.#change([...this.drafts, { column: this.columns[0]?.name ?? '', op: '=', text: '' }]);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('li:last-child select')?.focus();
  }

  #edit(index: number, part: Partial<Draft>): void {
    this.#change(this.drafts.map((draft, at) => (at === index ? { ...draft, ...part } : draft)));
  }

  override render() {
    return html`<ul>${this.drafts.map((draft, index) => this.#line(draft, index))}</ul>
      <div><button type="button" ?disabled=${this.disabled || this.columns.length === 0} @click=${this.#add}>Add a condition</button></div>`;
  }

  #line({ column, op, text }: Draft, index: number) {
    const kind = this.columns.find(({ name }) => name === column)?.kind;
    const hint =
      op === 'in' ? 'one, another' : kind === 'datetime' ? '2024-05-31' : kind === 'number' ? '0' : kind === 'boolean' ? 'true' : 'text';
    return html`<li>
      <select aria-label="Column of condition ${index + 1}" ?disabled=${this.disabled} @change=${(event: Event) => this.#edit(index, { column: (event.target as HTMLSelectElement).value })}>
        ${this.columns.map(({ name }) => html`<option value=${name} ?selected=${name === column}>${name}</option>`)}</select>
      <select aria-label="Comparison of condition ${index + 1}" ?disabled=${this.disabled} @change=${(event: Event) => this.#edit(index, { op: (event.target as HTMLSelectElement).value as Operator })}>
        ${words.map(([value, title]) => html`<option value=${value} ?selected=${value === op}>${title}</option>`)}</select>
      <input class="value" aria-label="Value of condition ${index + 1}" placeholder=${hint} .value=${text} ?hidden=${!needsValue(op)} ?disabled=${this.disabled} autocomplete="off" spellcheck="false"
        @input=${(event: Event) => this.#edit(index, { text: (event.target as HTMLInputElement).value })} />
      <button type="button" class="quiet icon-only" aria-label="Remove condition ${index + 1}" ?disabled=${this.disabled} @click=${() => this.#change(this.drafts.filter((_, at) => at !== index))}>${icon('close')}</button>
    </li>`;
  }
}

const isComplete = ({ column, op, text }: Draft): boolean => column !== '' && (!needsValue(op) || text.trim() !== '');

function predicateOf({ column, op, text }: Draft): Predicate {
  if (!needsValue(op)) return { column, op };
  const value =
    op === 'in'
      ? text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
      : text.trim();
  return { column, op, value };
}
