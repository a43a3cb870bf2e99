/** The panels, loaded when they are first looked at. A panel takes what it shows as `item`. */

export interface PanelEntry {
  tag: string;
  /** The address of the section in the navigation that it belongs to. */
  section: string;
  load: () => Promise<unknown>;
}

export interface PanelElement extends HTMLElement {
  item: string;
  detail?: string;
  updateComplete: Promise<boolean>;
}

const entries: readonly (readonly [route: string, PanelEntry])[] = [
  ['', { tag: 'bw-data-panel', section: '#/', load: () => import('../panels/data/data-panel.js') }],
  ['data', { tag: 'bw-data-panel', section: '#/', load: () => import('../panels/data/data-panel.js') }],
  ['data/', { tag: 'bw-dataset-panel', section: '#/', load: () => import('../panels/dataset/dataset-panel.js') }],
  ['lake', { tag: 'bw-lake-panel', section: '#/', load: () => import('../panels/lake/lake-panel.js') }],
  ['train', { tag: 'bw-runs-panel', section: '#/train', load: () => import('../panels/train/runs-panel.js') }],
  ['train/', { tag: 'bw-train-panel', section: '#/train', load: () => import('../panels/train/train-panel.js') }],
  ['pipeline/', { tag: 'bw-pipeline-panel', section: '#/train', load: () => import('../panels/pipeline/pipeline-panel.js') }],
  ['layers/', { tag: 'bw-layers-panel', section: '#/train', load: () => import('../panels/layers/layers-panel.js') }],
  ['runs/', { tag: 'bw-run-panel', section: '#/train', load: () => import('../panels/run/run-panel.js') }],
  ['compare/', { tag: 'bw-compare-panel', section: '#/train', load: () => import('../panels/compare/compare-panel.js') }],
  ['sweep/', { tag: 'bw-sweep-start-panel', section: '#/train', load: () => import('../panels/sweep/sweep-start-panel.js') }],
  ['sweeps/', { tag: 'bw-sweep-panel', section: '#/train', load: () => import('../panels/sweep/sweep-panel.js') }],
  ['models', { tag: 'bw-models-panel', section: '#/models', load: () => import('../panels/models/models-panel.js') }],
  ['models/', { tag: 'bw-model-panel', section: '#/models', load: () => import('../panels/model/model-panel.js') }],
  ['tensors/', { tag: 'bw-tensor-model-panel', section: '#/models', load: () => import('../panels/tensors/tensor-model-panel.js') }],
  ['serve', { tag: 'bw-serve-panel', section: '#/serve', load: () => import('../panels/serve/serve-panel.js') }],
  ['serve/', { tag: 'bw-deployment-panel', section: '#/serve', load: () => import('../panels/serve/deployment-panel.js') }],
  [
    'experiments',
    { tag: 'bw-experiments-panel', section: '#/experiments', load: () => import('../panels/experiments/experiments-panel.js') },
  ],
  [
    'experiments/',
    { tag: 'bw-experiment-panel', section: '#/experiments', load: () => import('../panels/experiments/experiment-panel.js') },
  ],
  ['settings', { tag: 'bw-settings-panel', section: '#/settings', load: () => import('../panels/settings/settings-panel.js') }],
];

const panels = new Map(entries);

/** The panel of a route; the start page for an address that names none. */
export const panelOf = (route: string): PanelEntry => panels.get(route) ?? entries[0][1];
