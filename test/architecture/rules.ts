/**
 * The rules of the house as data. Imports go down only: a room may import the rooms on floors below its own, and none beside it.
 * To add a room, give it a floor here; to add a package, say which room may use it.
 */

/** Room (a folder of src) → floor. */
export const floors: Readonly<Record<string, number>> = {
  base: 0,
  spec: 1,
  stats: 1,
  compute: 2,
  storage: 2,
  data: 3,
  infer: 4,
  train: 5,
  evaluate: 5,
  serve: 5,
  remote: 7,
  host: 8,
  ui: 9,
  cli: 9,
};

/** Rooms that run in a page, a worker and Node alike: neither the DOM nor Node is theirs. */
export const engineRooms = ['base', 'spec', 'stats', 'compute', 'storage', 'data', 'infer', 'train', 'evaluate', 'serve', 'remote'];

export interface Ban {
  /** Files that start with this (below src) … */
  from: string;
  /** … may not import files that start with one of these, … */
  to: string[];
  /** … unless it is one of these. */
  except?: string[];
  instead: string;
}

/** What holds besides the floors. */
export const bans: readonly Ban[] = [
  {
    from: 'remote/',
    to: ['compute/', 'storage/', 'data/', 'infer/', 'train/', 'evaluate/', 'serve/'],
    except: [
      'compute/devices.ts',
      'storage/bundle/project.ts',
      'storage/inventory/inventory.ts',
      'storage/store.ts',
      'data/datasets.ts',
      'data/lake/lake.ts',
      'data/source.ts',
      'infer/models.ts',
      'infer/tensors/models.ts',
      'train/pipelines.ts',
      'train/sweeps/sweeps.ts',
      'train/trainer.ts',
      'evaluate/evaluator.ts',
      'serve/deployments.ts',
      'serve/experiment/experiments.ts',
      'serve/log/logs.ts',
    ],
    instead: 'The boundary knows the interfaces of rooms only: import the interface file, and hand the implementation in from host/.',
  },
  { from: 'host/browser/', to: ['host/node/'], instead: 'The hosts are alternatives: put what they share in host/.' },
  { from: 'host/node/', to: ['host/browser/'], instead: 'The hosts are alternatives: put what they share in host/.' },
  { from: 'ui/', to: ['host/node/', 'cli/'], instead: 'The page has its own host: host/browser/.' },
  { from: 'cli/', to: ['host/browser/', 'ui/'], instead: 'The command line has its own host: host/node/.' },
  {
    from: 'ui/elements/',
    to: ['ui/panels/', 'ui/shell/', 'ui/contexts/', 'ui/jobs/', 'host/'],
    instead: 'An element takes properties and emits events: let the panel fetch and pass.',
  },
  { from: 'ui/contexts/', to: ['ui/panels/', 'ui/shell/', 'ui/elements/'], instead: 'A context offers one service; it draws nothing.' },
  { from: 'ui/panels/', to: ['ui/shell/'], instead: 'A panel does not know its frame: emit an event, or use a context.' },
];

/** Package → where below src it may be imported. Everything else stays behind our own interfaces. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  '@jsquash/jpeg': ['data/pictures/', 'host/browser/'],
  '@jsquash/png': ['data/pictures/', 'host/browser/'],
  '@jsquash/webp': ['data/pictures/', 'host/browser/'],
  '@lit/context': ['ui/'],
  '@tensorflow/tfjs-backend-cpu': ['compute/tfjs/'],
  '@tensorflow/tfjs-backend-webgl': ['compute/tfjs/'],
  '@tensorflow/tfjs-backend-webgpu': ['compute/tfjs/'],
  '@tensorflow/tfjs-core': ['compute/tfjs/'],
  '@zip.js/zip.js': ['data/'],
  fflate: ['data/', 'infer/export/'],
  aws4fetch: ['data/'],
  comlink: ['remote/'],
  hyparquet: ['data/'],
  'hyparquet-compressors': ['data/'],
  'hyparquet-writer': ['data/'],
  idb: ['storage/'],
  lit: ['ui/'],
  'onnxruntime-web': ['infer/onnx/', 'host/'],
  uplot: ['ui/'],
  zod: ['spec/', 'compute/', 'storage/', 'data/', 'infer/', 'serve/', 'host/', 'cli/'],
};

/** Where Node's own modules may be imported. */
export const platformRooms = ['host/node/', 'cli/'];

/** Lines; more is a failure, save in tests and in generated files. */
export const longestFile = 300;

/** KiB of gzipped JavaScript that may load before a task is chosen. */
export const firstScreenKibibytes = 60;
