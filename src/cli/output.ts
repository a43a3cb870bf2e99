/**
 * What the command line says: the answer on stdout (with `--json` exactly one object), progress on stderr. The only file
 * of the command line that knows the two streams.
 */
import { once } from 'node:events';
import { milliseconds } from '../base/clock.js';
import { AbortError, BenchwrightError, DeviceError, InputError, TrainingError, toWire } from '../base/errors.js';

/** Milliseconds, where lines cannot be written over. */
const pauseBetweenLines = 5000;

export interface Streams {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
}

export class Output {
  readonly json: boolean;
  readonly #streams: Streams;
  #line = '';
  #told = milliseconds();

  constructor(json: boolean, streams: Streams) {
    this.json = json;
    this.#streams = streams;
  }

  /** The command's answer: `answer` for programs or `text` for people. */
  async answer(answer: object, text: string): Promise<void> {
    this.#clear();
    await this.write(`${this.json ? JSON.stringify(answer) : text.trimEnd()}\n`);
  }

  /** Text on stdout as it is, waiting for a slow reader. */
  async write(text: string): Promise<void> {
    const { stdout } = this.#streams;
    if (!stdout.write(text)) await once(stdout, 'drain');
  }

  /** Where the work stands: one line that is written over on a terminal; elsewhere a line now and then. */
  progress(line: string): void {
    const { stderr } = this.#streams;
    if (!stderr.isTTY) {
      if (milliseconds() - this.#told > pauseBetweenLines) this.stage(line);
    } else if (line !== this.#line) {
      this.#line = line;
      stderr.write(`\r\x1b[2K${line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
    }
  }

  /** A new stage of the work: told in any case. */
  stage(line: string): void {
    const { stderr } = this.#streams;
    this.#told = milliseconds();
    if (stderr.isTTY) this.progress(line);
    else stderr.write(`${line}\n`);
  }

  /** The error as JSON on stdout or as text on stderr. Answers the exit code. */
  async fail(thrown: unknown): Promise<number> {
    this.#clear();
    const { code, message, advice, place, stack } = toWire(thrown);
    const ours = exitCode(thrown) === 1 && !(thrown instanceof BenchwrightError);
    if (this.json) await this.write(`${JSON.stringify({ error: { code, message, advice, place } })}\n`);
    else this.#streams.stderr.write(`benchwright: ${message}${advice ? `\n${advice}` : ''}\n`);
    if (ours && stack) this.#streams.stderr.write(`${stack}\n`);
    return exitCode(thrown);
  }

  #clear(): void {
    if (this.#line) this.#streams.stderr.write('\r\x1b[2K');
    this.#line = '';
  }
}

/** 130 interrupted · 2 what was given cannot be used · 1 our fault. */
export function exitCode(thrown: unknown): 1 | 2 | 130 {
  if (thrown instanceof AbortError) return 130;
  if (thrown instanceof InputError || thrown instanceof TrainingError) return 2;
  return thrown instanceof DeviceError && thrown.code === 'no-device' ? 2 : 1;
}
