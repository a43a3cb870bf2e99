/**
 * Runs the real command line as its users do: a process of its own, with arguments, two streams and an exit code; or, where a
 * process would add nothing but its start, the same `main` in this one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import * as z from 'zod';
import type { DataAnswer, EvaluateAnswer, PredictAnswer, TrainAnswer } from '../../../src/cli/answers.js';
import { main } from '../../../src/cli/main.js';
import type { Metrics } from '../../../src/spec/metrics.js';

export const script = fileURLToPath(new URL('../../../scripts/benchwright.mjs', import.meta.url));

/** A folder that goes when the tests of the file are over; the commands run in it. */
export const folder = mkdtempSync(join(tmpdir(), 'benchwright-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export function start(...line: string[]): { child: ChildProcess; outcome: Promise<Outcome> } {
  const child = spawn(process.execPath, [script, ...line], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const outcome = new Promise<Outcome>((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
  return { child, outcome };
}

export const run = (...line: string[]): Promise<Outcome> => start(...line).outcome;

/** In this process: paths are to be absolute. */
export async function runHere(...line: string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written): Writable =>
    new Writable({
      write(text: Buffer, _, done) {
        written[name] += text.toString('utf8');
        done();
      },
    });
  const status = await main(line, { stdout: stream('stdout'), stderr: stream('stderr') });
  return { status, ...written };
}

/** Writes a file into the folder and answers its path. */
export function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const schemas = new Map<string, z.ZodType>();
function schema(name: string): z.ZodType {
  const text = readFileSync(new URL(`../../../docs/schemas/${name}-answer.json`, import.meta.url), 'utf8');
  const found = schemas.get(name) ?? z.fromJSONSchema(JSON.parse(text));
  schemas.set(name, found);
  return found;
}

interface Answers {
  data: DataAnswer;
  train: TrainAnswer;
  predict: Extract<PredictAnswer, { predictions: unknown }>;
  evaluate: EvaluateAnswer;
}

/** The answer of a command that must succeed: exactly one JSON object, of the published form. */
export async function answer<Name extends keyof Answers>(name: Name, ...line: string[]): Promise<Answers[Name]> {
  const { status, stdout, stderr } = await runHere(name, ...line, '--json');
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  return oneObject(stdout, name) as Answers[Name];
}

/** Of a classification. */
export const accuracy = (metrics: Metrics): number => ('accuracy' in metrics ? metrics.accuracy : Number.NaN);

export interface Failure {
  status: number | null;
  code: string;
  message: string;
  advice: string;
  place: Record<string, string | number>;
}

/** The error of a command that must fail, as the published JSON. */
export async function failure(...line: string[]): Promise<Failure> {
  const { status, stdout } = await runHere(...line, '--json');
  const { error } = oneObject(stdout, 'error') as { error: Omit<Failure, 'status'> };
  return { status, ...error };
}

export function oneObject(stdout: string, form: string): object {
  expect(stdout.trim().split('\n'), 'exactly one line on stdout').toHaveLength(1);
  const value = JSON.parse(stdout) as object;
  const problem = schema(form).safeParse(value).error;
  expect(problem, `${form}: ${problem?.message}\n${stdout.slice(0, 500)}`).toBeUndefined();
  return value;
}
