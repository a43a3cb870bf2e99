/** Every element, in its fullest face, by axe-core in light and dark. A new element adds its line here first. */
import { html, type TemplateResult } from 'lit';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../accessible.js';
import { mount } from '../mount.js';
import { categoryField, choice, classificationScores, insight, numberField, profile, ratePoints, rateStanding, run } from '../records.js';
import '../../../../src/ui/elements/bars.js';
import '../../../../src/ui/elements/camera-classes.js';
import '../../../../src/ui/elements/code-block.js';
import '../../../../src/ui/elements/column-detail.js';
import '../../../../src/ui/elements/column-picture.js';
import '../../../../src/ui/elements/column-profiles.js';
import '../../../../src/ui/elements/confirm-dialog.js';
import '../../../../src/ui/elements/confusion-matrix.js';
import '../../../../src/ui/elements/correlation-map.js';
import '../../../../src/ui/elements/derive-form.js';
import '../../../../src/ui/elements/device-trials.js';
import '../../../../src/ui/elements/drop-zone.js';
import '../../../../src/ui/elements/draw-pad.js';
import '../../../../src/ui/elements/editable-name.js';
import '../../../../src/ui/elements/experiment-form.js';
import '../../../../src/ui/elements/followed-examples.js';
import '../../../../src/ui/elements/heat-map.js';
import '../../../../src/ui/elements/histogram.js';
import '../../../../src/ui/elements/bounds-picture.js';
import '../../../../src/ui/elements/interval-plot.js';
import '../../../../src/ui/elements/lake-columns.js';
import '../../../../src/ui/elements/lake-conditions.js';
import '../../../../src/ui/elements/line-chart.js';
import '../../../../src/ui/elements/metrics-table.js';
import '../../../../src/ui/elements/missing-map.js';
import '../../../../src/ui/elements/notice.js';
import '../../../../src/ui/elements/order-list.js';
import '../../../../src/ui/elements/parallel-coordinates.js';
import '../../../../src/ui/elements/picture.js';
import '../../../../src/ui/elements/picture-grid.js';
import '../../../../src/ui/elements/pipeline-preview.js';
import '../../../../src/ui/elements/prediction-form.js';
import '../../../../src/ui/elements/preview-table.js';
import '../../../../src/ui/elements/progress-line.js';
import '../../../../src/ui/elements/rate-curve.js';
import '../../../../src/ui/elements/rate-finder.js';
import '../../../../src/ui/elements/runs-table.js';
import '../../../../src/ui/elements/share-bar.js';
import '../../../../src/ui/elements/layer-graph.js';
import '../../../../src/ui/elements/layer-list.js';
import '../../../../src/ui/elements/step-editor.js';
import '../../../../src/ui/elements/sweep-form.js';
import '../../../../src/ui/elements/tensor-spread.js';
import '../../../../src/ui/elements/toast-list.js';
import '../../../../src/ui/elements/training-form.js';
import '../../../../src/ui/elements/virtual-table.js';
import type { EditedLayer } from '../../../../src/ui/layers/edit-layers.js';
import { networkOf } from '../../../../src/ui/layers/layer-rows.js';

const table = {
  rows: 2,
  names: ['bill_length_mm', 'species'],
  columns: [
    { kind: 'number', values: Float64Array.of(39.1, Number.NaN) },
    { kind: 'text', codes: Int32Array.of(0, -1), dictionary: ['Adelie'] },
  ],
};

const ownLayers: EditedLayer[] = [
  { kind: 'dense', units: 8, activation: 'relu', name: 'start' },
  { kind: 'add', from: ['start', 'input'] },
  { kind: 'gru', units: 4 },
];
const ownNetwork = networkOf({ task: 'classification', inputs: 8, outputs: 3, rows: 90 }, ownLayers, 32);

const pictures = { kind: 'picture', size: { height: 2, width: 2, channels: 1 }, pixels: Uint8Array.of(0, 80, 160, 255) } as const;

const pipelinePreview = {
  steps: [
    {
      column: 'species',
      type: 'category',
      automatic: true,
      why: '',
      kind: 'category',
      names: ['species = Adelie', 'any other'],
      inputs: 2,
      start: 0,
    },
  ],
  ignored: [],
  derived: [],
  inputs: 2,
  rows: { training: 2, validation: 1, test: 1 },
  looked: 4,
  bytes: 16,
  before: table,
  after: Float32Array.of(1, 0, 0, 1),
};

const lakeColumns = [
  {
    name: 'day',
    kind: 'number',
    stored: '32-bit integer',
    bytes: 9,
    nulls: 0,
    minimum: 0,
    maximum: 299,
    bounds: [
      { minimum: 0, maximum: 29 },
      { minimum: 30, maximum: 299 },
    ],
  },
  { name: 'tags', kind: 'text', stored: 'list', bytes: 9000, nested: true },
  { name: 'year', kind: 'number', stored: 'name of a folder', bytes: 0, partition: true, minimum: 2023, maximum: 2024 },
];

const faces: Record<string, TemplateResult> = {
  'bw-derive-form': html`<bw-derive-form .fields=${[numberField]} target="species"></bw-derive-form>`,
  'bw-pipeline-preview': html`<bw-pipeline-preview .preview=${pipelinePreview}></bw-pipeline-preview>`,
  'bw-order-list': html`<bw-order-list .values=${['low', 'middling', 'high']} label="Order of grade"></bw-order-list>`,
  'bw-step-editor': html`<bw-step-editor column="island" type="category" .step=${{ as: 'one-hot', most: 5 }} why="You chose it." .inputs=${3}></bw-step-editor>`,
  'bw-layer-graph': html`<bw-layer-graph .inputShape=${[4]} .layers=${ownNetwork.rows.flatMap(({ description }) => description ?? [])}></bw-layer-graph>`,
  'bw-layer-list': html`<bw-layer-list .layers=${ownLayers} .rows=${ownNetwork.rows}></bw-layer-list>`,
  'bw-share-bar': html`<bw-share-bar label="Shares" .shares=${[1, 2, 3, 4].map((version) => ({ name: 'blue', value: 0.25, shown: '25 %', detail: `version ${version}` }))}></bw-share-bar>`,
  'bw-bars': html`<bw-bars label="Shares" .bars=${[{ name: 'Adelie', value: 0.4, shown: '40 %', emphasis: true }, { name: 'Gentoo', value: 0.1, shown: '10 %' }]}></bw-bars>`,
  'bw-bounds-picture': html`<bw-bounds-picture .bounds=${lakeColumns[0].bounds} label="day in 2 row groups: 0 … 299"></bw-bounds-picture>`,
  'bw-column-detail': html`<bw-column-detail .column=${profile.columns[0]} .profile=${profile} .types=${['number', 'category']}></bw-column-detail>`,
  'bw-column-picture': html`<bw-column-picture .column=${profile.columns[0]} .rows=${344}></bw-column-picture>`,
  'bw-column-profiles': html`<bw-column-profiles .fields=${Array.from({ length: 4 }, () => [numberField, categoryField]).flat()} .profile=${profile} .rows=${344} target="species"></bw-column-profiles>`,
  'bw-correlation-map': html`<bw-correlation-map .correlations=${profile.correlations} target="species"></bw-correlation-map>`,
  'bw-missing-map': html`<bw-missing-map .missing=${profile.missing} .rows=${344}></bw-missing-map>`,
  'bw-virtual-table': html`<bw-virtual-table .fields=${[numberField, categoryField]} .rows=${2} target="species" .load=${async () => table}></bw-virtual-table>`,
  'bw-confirm-dialog': html`<bw-confirm-dialog heading="Delete everything?" message="There is no way back."></bw-confirm-dialog>`,
  'bw-confusion-matrix': html`<bw-confusion-matrix .confusion=${{
    classes: ['a', 'b'],
    counts: [
      [98, 2],
      [40, 60],
    ],
  }}></bw-confusion-matrix>`,
  'bw-device-trials': html`<bw-device-trials .choice=${choice}></bw-device-trials>`,
  'bw-camera-classes': html`<bw-camera-classes></bw-camera-classes>`,
  'bw-draw-pad': html`<bw-draw-pad></bw-draw-pad>`,
  'bw-drop-zone': html`<bw-drop-zone pasting folders></bw-drop-zone>`,
  'bw-editable-name': html`<bw-editable-name .name=${'Penguins'}></bw-editable-name>`,
  'bw-experiment-form': html`<bw-experiment-form .deployments=${[{ name: 'species', versions: [1, 2, 4] }]}></bw-experiment-form>`,
  'bw-followed-examples': html`<bw-followed-examples .insight=${insight} .rows=${[table, undefined]} target="species"></bw-followed-examples>`,
  'bw-heat-map': html`<bw-heat-map .columns=${[[0, 0.5, 0.5], undefined]}></bw-heat-map>`,
  'bw-histogram': html`<bw-histogram .counts=${[1, 5, 2]} label="Spread of mass"></bw-histogram>`,
  'bw-interval-plot': html`<bw-interval-plot what="Difference from “stable”" .intervals=${[
    { name: 'canary', difference: 0.01, fixed: { lower: -0.01, upper: 0.03 }, always: { lower: -0.02, upper: 0.04 } },
  ]}></bw-interval-plot>`,
  'bw-lake-columns': html`<bw-lake-columns .columns=${lakeColumns} .chosen=${new Set(['day'])}></bw-lake-columns>`,
  'bw-lake-conditions': html`<bw-lake-conditions .columns=${lakeColumns}></bw-lake-conditions>`,
  'bw-line-chart': html`<bw-line-chart .x=${[1, 2]} .series=${[{ name: 'training', values: [1, 0.5], color: '--series-1' }]} label="Loss falls from 1 to 0.5"></bw-line-chart>`,
  'bw-metrics-table': html`<bw-metrics-table caption="On test rows" .columns=${[{ title: 'Test', metrics: classificationScores }]}></bw-metrics-table>`,
  'bw-code-block': html`<bw-code-block label="curl" .code=${'curl -d x'}></bw-code-block>`,
  'bw-notice': html`<bw-notice tone="bad" message="Row 7 has 3 values." advice="Give it 4." place="row 7"></bw-notice>`,
  'bw-picture': html`<bw-picture .column=${pictures} label="A grey square"></bw-picture>`,
  'bw-picture-grid': html`<bw-picture-grid .count=${1} .size=${pictures.size} .load=${async () => ({ column: pictures, labels: ['square'] })}></bw-picture-grid>`,
  'bw-prediction-form': html`<bw-prediction-form .fields=${[numberField, categoryField]}></bw-prediction-form>`,
  'bw-preview-table': html`<bw-preview-table .table=${table} .types=${['number', 'category']} .rows=${344} target="species"></bw-preview-table>`,
  'bw-progress-line': html`<bw-progress-line label="Epoch 3 of 20" .value=${0.15} .secondsLeft=${22}></bw-progress-line>`,
  'bw-parallel-coordinates': html`<bw-parallel-coordinates .axes=${[
    { title: 'Dropout', marks: [{ at: 0, text: '0' }], places: [0, 1] },
    { title: 'Log loss', marks: [{ at: 1, text: '0.9' }], places: [1, null] },
  ]} .trials=${[1, 2]} .ranking=${[2, 1]} .looked=${2} .words=${'Trial 2, 1 of 2.'}></bw-parallel-coordinates>`,
  'bw-rate-curve': html`<bw-rate-curve .points=${ratePoints} .rate=${0.01}></bw-rate-curve>`,
  'bw-rate-finder': html`<bw-rate-finder .standing=${rateStanding}></bw-rate-finder>`,
  'bw-runs-table': html`<bw-runs-table .runs=${[{ ...run, tags: ['good'] }]} .order=${{ key: 'accuracy', descending: true }} .picked=${new Set(['run-1'])} .groups=${new Map([['Penguins', [run]]])}></bw-runs-table>`,
  'bw-sweep-form': html`<bw-sweep-form target="species"></bw-sweep-form>`,
  'bw-tensor-spread': html`<bw-tensor-spread .insight=${insight}></bw-tensor-spread>`,
  'bw-toast-list': html`<bw-toast-list .toasts=${[{ id: 1, message: 'Deleted “Penguins”.', tone: 'neutral', action: { label: 'Undo', run: () => undefined } }, { id: 2, message: 'It failed.', tone: 'bad' }]}></bw-toast-list>`,
  'bw-training-form': html`<bw-training-form .fields=${[numberField, categoryField]} target="species" .decided=${{ task: 'classification', reason: '"species" holds category values.' }}></bw-training-form>`,
};

describe('accessibility', () => {
  it.each(Object.keys(faces))('%s', async (name) => {
    await expectAccessible(async () => {
      const element = await mount(faces[name]);
      for (const details of element.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
      return element;
    });
  });

  it.each(['warn', 'good', 'neutral'] as const)('bw-notice, %s', async (tone) => {
    await expectAccessible(() => mount(html`<bw-notice .tone=${tone} message="Something to know." advice="What to do."></bw-notice>`));
  });

  it('is measured for every element that there is', () => {
    const sources = import.meta.glob('../../../../src/ui/elements/*.ts', { query: '?raw', import: 'default', eager: true });
    const tags = Object.values(sources).flatMap((source) =>
      [...String(source).matchAll(/@customElement\('([^']+)'\)/g)].map(([, tag]) => tag),
    );
    expect(Object.keys(faces).sort()).toEqual(tags.sort());
  });
});
