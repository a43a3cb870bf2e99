/** A few validation rows whose answers are followed: drawn by seed, of classes in turn, so that each is there that can be. */
import { Random } from '../../base/random.js';
import { type ExampleAnswer, mostExamples, type RunInsight } from '../../spec/insight.js';
import { mostProbable } from '../../stats/confusion.js';
import type { Truth } from '../tasks/table.js';

type Followed = Extract<Truth, { kind: 'classes' | 'value' }>;

/** Answers of other kinds are no one class and no one value: none are followed. */
const isFollowed = (truth: Truth): truth is Followed => truth.kind === 'classes' || truth.kind === 'value';

/** Places among the validation rows, in their order. */
export function examplePlaces(truth: Truth, seed: number): number[] {
  if (!isFollowed(truth)) return [];
  const places = Array.from(new Random(seed, 'examples').shuffle(Uint32Array.from(truth.actual, (_, place) => place)));
  const inTurn =
    truth.kind === 'classes' ? byTurns(truth.classes.map((_, label) => places.filter((place) => truth.actual[place] === label))) : places;
  return inTurn.slice(0, mostExamples).sort((one, other) => one - other);
}

/** One of each class, then a second of each, and so forth. */
const byTurns = (classes: readonly number[][]): number[] =>
  Array.from({ length: mostExamples }, (_, turn) => classes.flatMap((own) => own[turn] ?? [])).flat();

/** @param rows the numbers that validation rows have in their dataset */
export const examplesOf = (truth: Truth, places: readonly number[], rows: Uint32Array): RunInsight['examples'] =>
  isFollowed(truth)
    ? places.map((place) => ({
        row: rows[place],
        actual: truth.kind === 'classes' ? truth.classes[truth.actual[place]] : truth.actual[place],
      }))
    : [];

/** @param outputs [rows, outputs] of all validation rows */
export function answersTo(truth: Truth, places: readonly number[], outputs: Float32Array): ExampleAnswer[] {
  if (!isFollowed(truth)) return [];
  if (truth.kind === 'value') {
    const values = truth.restore(Float32Array.from(places, (place) => outputs[place]));
    return Array.from(values, (answer) => ({ answer }));
  }
  const count = truth.classes.length;
  return places.map((place) => {
    const shares = outputs.subarray(place * count, (place + 1) * count);
    const [answer] = mostProbable(shares, count);
    return { answer, probability: shares[answer], ofTruth: shares[truth.actual[place]] };
  });
}
