/**
 * Trains the extractor of the preset `transfer` by our own engine, and writes public/data/shapes-extractor.safetensors:
 *
 *     node scripts/extractor/train.mjs FOLDER
 *
 * FOLDER holds the four files of Fashion-MNIST, as Debian's `dataset-fashion-mnist` installs them. The same files give the same bytes;
 * a quarter of an hour on a machine that does nothing else. The network tells the ten kinds of clothes in four quarter-turns apart, moved, turned and enlarged a little.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { withSources } from '../../bench/sources.mjs';
import { root } from '../ensure.mjs';
import { classNames, fashionPart, turned } from './pictures.mjs';

const target = join(root, 'public/data/shapes-extractor.safetensors');
const [seed, epochs, validated] = [0, 4, 2000];
const step = { kind: 'picture', column: 'picture', size: { height: 28, width: 28, channels: 1 }, mean: [0.286], deviation: [0.353] };

const block = (filters, name) => [
  { kind: 'conv2d', filters, kernel: [3, 3], padding: 'same', activation: 'linear' },
  { kind: 'batchNormalization' },
  { kind: 'activation', activation: 'relu', name },
];
const halved = { kind: 'maxPool2d', size: [2, 2] };
const classes = classNames.length;
const model = {
  inputs: 784,
  shape: [28, 28, 1],
  layers: [
    ...block(16, 'strokes'),
    halved,
    ...block(32, 'corners'),
    ...block(32, 'parts'),
    halved,
    ...block(64, 'shapes'),
    ...block(64, 'figures'),
    { kind: 'globalAveragePool' },
    { kind: 'dense', units: classes, activation: 'linear' },
  ],
  loss: 'softmaxCrossEntropy',
};
const recipe = { preset: 'custom', model, epochs, batchSize: 64, learningRate: 0.003, schedule: 'cosine', weightDecay: 0.02, patience: 0 };

await withSources(async (load) => {
  const { Random } = await load('src/base/random.ts');
  const { trainCandidate } = await load('src/train/candidate.ts');
  const { openWasmEngine } = await load('src/compute/wasm/engine.ts');
  const { pictureRows } = await load('src/data/inputs.ts');
  const { augmentedRows } = await load('src/data/augment.ts');
  const { rowsInMemory } = await load('src/train/batches.ts');
  const { metricsOf } = await load('src/train/evaluation.ts');
  const { answersOf } = await load('src/infer/answers.ts');
  const { exportSafetensors } = await load('src/infer/export/safetensors.ts');
  const { version } = await load('src/base/version.ts');

  const part = (name) => turned(fashionPart(process.argv[2], name), new Random(seed, `turns ${name}`));
  const of = ({ pixels, labels }, from, to) => ({
    rows: to - from,
    inputs: pictureRows(
      step,
      pixels,
      Uint32Array.from({ length: to - from }, (_, index) => from + index),
    ),
    targets: Float32Array.from(labels.subarray(from, to)),
  });
  const truth = ({ targets }) => ({ kind: 'classes', actual: Int32Array.from(targets), classes: classNames });
  const [train, test] = [part('train'), part('t10k')];
  const rows = train.labels.length;
  const training = of(train, 0, rows - validated);
  const validation = of(train, rows - validated, rows);
  const testing = of(test, 0, test.labels.length);
  training.inputs = augmentedRows(training.inputs, step, { shift: 0.1, rotate: 10, crop: 0.15 }, seed);

  const engine = await openWasmEngine();
  const events = trainCandidate({
    engine,
    recipe,
    seed,
    training: rowsInMemory(training),
    validation: { examples: validation, truth: truth(validation) },
  });
  for (;;) {
    const { value, done } = await events.next();
    if (!done) {
      if (value.kind === 'epoch') console.error(JSON.stringify(value.point));
      continue;
    }
    const { weights } = value.state.best;
    const scored = async (examples) => metricsOf(truth(examples), await answersOf({ engine, model, weights, inputs: examples.inputs }));
    const metrics = { validation: await scored(validation), test: await scored(testing) };
    const record = {
      kind: 'model',
      id: 'shapes-extractor',
      name: 'Shapes, learnt from Fashion-MNIST (MIT, Zalando SE)',
      created: 0,
      task: 'classification',
      target: 'class',
      fields: [
        { name: 'picture', type: 'picture', missing: 0, distinct: rows, reason: 'Pictures of Fashion-MNIST, turned.', picture: step.size },
      ],
      pipeline: {
        version: 2,
        reads: ['picture'],
        derived: [],
        steps: [step],
        target: { kind: 'classes', column: 'class', classes: classNames },
        ignored: [],
        inputs: 784,
      },
      model,
      weights: { hash: '', bytes: 0 },
      metrics,
      lineage: {
        run: 'scripts/extractor/train.mjs',
        dataset: { id: 'fashion-mnist', name: 'Fashion-MNIST, all 60,000 training pictures', hash: '' },
        seed,
        device: 'wasm',
        versions: { benchwright: version, pipeline: '2' },
      },
    };
    const { files } = exportSafetensors({ record, weights });
    writeFileSync(target, files[0].bytes);
    console.error(`${target}: ${files[0].bytes.length} bytes, test accuracy ${metrics.test.accuracy}`);
    return;
  }
});
