/** What can read pictures for the preset `transfer`: the network that comes with Benchwright, saved models of pictures, and models of other programs. */
import { BenchwrightError } from '../../../base/errors.js';
import type { TensorModelRecord } from '../../../spec/tensor-model.js';
import type { ModelRecord } from '../../../spec/trained.js';
import { builtinOutput, builtinOutputs } from '../../../train/transfer/builtin-outputs.js';
import type { ExtractorField, ExtractorRefusal, OfferedExtractor } from '../../elements/extractor-options.js';
import { moment } from '../../format.js';

/** Taken where none is chosen. */
const builtin: OfferedExtractor = {
  model: '',
  title: 'Shapes, comes with Benchwright',
  layers: builtinOutputs.map((output) => ({ output, title: output })),
  otherwise: `${builtinOutput}, the best with few pictures`,
};

/** By what they hold, so that the same spec means the same network in another store; the newest first. */
export function offeredExtractors(models: readonly ModelRecord[], tensorModels: readonly TensorModelRecord[]): OfferedExtractor[] {
  const own = models.filter(({ pipeline, model }) => pipeline.steps.some(({ kind }) => kind === 'picture') && model.layers.length > 1);
  const offered = [builtin, ...own.map(ofOurs), ...tensorModels.map(ofAnother)];
  // A training that was reproduced has the same weights.
  return offered.filter(({ model }, index) => offered.findIndex((other) => other.model === model) === index);
}

const otherwise = 'what its last layer reads';

const ofOurs = ({ name, created, weights, model }: ModelRecord): OfferedExtractor => ({
  model: weights.hash,
  title: `${name} · ${moment(created)}`,
  layers: model.layers.slice(0, -1).flatMap(({ kind, name: called }, index) => {
    if (kind === 'mask') return [];
    return [{ output: called ?? index + 1, title: `${index + 1} · ${called === undefined ? kind : `${called}, ${kind}`}` }];
  }),
  otherwise,
});

const ofAnother = ({ name, created, sha256 }: TensorModelRecord): OfferedExtractor => ({
  model: sha256,
  title: `${name} · ${moment(created)}`,
  otherwise,
});

/** Where a training failed for its extractor: what is to blame, and why. */
export function extractorRefusal(problem: unknown): ExtractorRefusal | undefined {
  if (!(problem instanceof BenchwrightError)) return undefined;
  const [asked, field = 'model'] = /^extractor(?:\.(model|output|mean|deviation)(?:\.|$))?/.exec(String(problem.place.field ?? '')) ?? [];
  return asked === undefined ? undefined : { field: field as ExtractorField, words: `${problem.message} ${problem.advice}` };
}
