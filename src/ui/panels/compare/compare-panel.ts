/** Runs side by side: their curves in one picture, and line by line what they differ in. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CurvePoint, RunRecord } from '../../../spec/run.js';
import type { Trainer } from '../../../train/trainer.js';
import { Live } from '../../contexts/live.js';
import { trainerContext } from '../../contexts/services.js';
import { type StorageService, storageContext } from '../../contexts/storage.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { counted, score } from '../../format.js';
import { type DifferenceLine, differencesOf } from '../../runs/differences.js';
import { headline } from '../../words.js';
import { loading, loadingStyles } from '../loading.js';
import { PageHeading } from '../page-heading.js';
import { panelStyles } from '../panel-styles.js';
import '../../elements/line-chart.js';

const colors = ['--series-1', '--series-2', '--series-3', '--series-4'];
/** Beyond four curves a colour comes again, broken. */
const broken = [6, 4];

@customElement('bw-compare-panel')
export class ComparePanel extends LitElement {
  static override styles = [
    ...panelStyles,
    loadingStyles,
    css`
      .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: var(--space-4); align-items: start; }
      th[scope='row'] { white-space: nowrap; }
      td { overflow-wrap: anywhere; min-inline-size: 110px; }
      tr.differs > td { color: var(--text); font-weight: 600; }
      tr:not(.differs) > td { color: var(--text-soft); }
      tr.part th { padding-block-start: var(--space-4); color: var(--text); font-weight: 600; }
      .only { display: inline-flex; align-items: center; gap: var(--space-2); color: var(--text); }
      thead a { color: var(--text); font-weight: 600; }
    `,
  ];

  /** The runs' identifiers, with commas between. */
  @property() item = '';
  @consume({ context: trainerContext }) private readonly trainer!: Trainer;
  @consume({ context: storageContext }) private readonly storage!: StorageService;
  @state() private onlyDifferences = true;

  readonly #runs = new Live(this, {
    load: () => Promise.all(this.item.split(',').map((id) => this.trainer.run(id))),
    kinds: ['run'],
    storage: () => this.storage,
  });

  constructor() {
    super();
    new PageHeading(this, () => 'Compare runs');
  }

  override render() {
    const { value: runs, problem } = this.#runs;
    if (problem)
      return html`<div class="page"><h1 tabindex="-1">These runs cannot be compared</h1>${problemNotice(problem, html`<a class="button" href="#/train">All runs</a>`)}</div>`;
    if (!runs) return loading('Runs');
    const names = namesOf(runs);
    const lines = differencesOf(runs);
    const scored = new Set(runs.map(({ task, scores }) => headline(task, scores?.validation)));
    const shown = this.onlyDifferences ? lines.filter(({ differs }) => differs) : lines;
    return html`<div class="page">
      <header><h1 tabindex="-1">Compare ${counted(runs.length, 'run')}</h1><p class="lead"><a href="#/train">All runs</a></p></header>
      <div class="pair">${this.#curves(runs, names, 'validationLoss', 'Validation loss')}${
        scored.size === 1 ? this.#curves(runs, names, 'validationScore', `Validation ${[...scored][0].title}`) : nothing
      }</div>
      <section class="card" aria-labelledby="differences"><div class="row between"><h2 id="differences">What they differ in</h2>
        <label class="only"><input type="checkbox" .checked=${this.onlyDifferences} @change=${(event: Event) => {
          this.onlyDifferences = (event.target as HTMLInputElement).checked;
        }} />Differences only</label></div>
        ${shown.length === 0 ? html`<p>They are the same in everything.</p>` : this.#table(runs, names, shown)}
      </section></div>`;
  }

  #curves(runs: readonly RunRecord[], names: readonly string[], of: 'validationLoss' | 'validationScore', title: string) {
    const epochs = Math.max(0, ...runs.map(({ curve }) => curve.at(-1)?.epoch ?? 0));
    const x = Array.from({ length: epochs }, (_, index) => index + 1);
    const series = runs.map(({ curve }, index) => ({
      name: names[index],
      values: valuesAt(x, curve, of),
      color: colors[index % colors.length],
      ...(index < colors.length ? {} : { dash: broken }),
    }));
    const best = (curve: readonly CurvePoint[]): number | undefined => {
      const values = curve.map((point) => point[of]);
      return values.length === 0 ? undefined : of === 'validationLoss' ? Math.min(...values) : Math.max(...values);
    };
    const words = runs.map(({ curve }, index) => `${names[index]}: ${score(best(curve))} at its best of ${counted(curve.length, 'epoch')}`);
    return html`<section class="card" aria-label=${title}><h2>${title}, by epoch</h2>
      <bw-line-chart .x=${x} .series=${series} .until=${epochs} .label=${`${title}. ${words.join('; ')}.`}></bw-line-chart></section>`;
  }

  #table(runs: readonly RunRecord[], names: readonly string[], lines: readonly DifferenceLine[]) {
    const parts = [...new Set(lines.map(({ part }) => part))];
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Differences"><table>
      <thead><tr><td></td>${runs.map(({ id }, index) => html`<th scope="col"><a href="#/runs/${id}">${names[index]}</a></th>`)}</tr></thead>
      ${parts.map(
        (part) => html`<tbody><tr class="part"><th colspan=${runs.length + 1} scope="rowgroup">${part}</th></tr>
        ${lines.filter((line) => line.part === part).map(({ name, values, differs }) => html`<tr class=${differs ? 'differs' : ''}><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody>`,
      )}
    </table></div>`;
  }
}

/** Runs of one table are called alike: a letter tells them apart. */
const namesOf = (runs: readonly RunRecord[]): string[] => runs.map(({ name }, index) => `${String.fromCharCode(65 + index)} ${name}`);

function valuesAt(x: readonly number[], curve: readonly CurvePoint[], of: 'validationLoss' | 'validationScore'): (number | null)[] {
  const byEpoch = new Map(curve.map((point) => [point.epoch, point[of]]));
  return x.map((epoch) => byEpoch.get(epoch) ?? null);
}
