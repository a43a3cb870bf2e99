/**
 * What the command line says: the answer on stdout (with `--json` exactly one object), progress on stderr. The only file
 * of the command line that knows the two streams.
 */
import { once } from 'node:events';
import { AbortError, BenchwrightError, DeviceError, InputError, TrainingError, toWire } from '../base/errors.js';

export class Output {
  readonly json: boolean;
  #line = '';

  constructor(json: boolean) {
    this.json = json;
  }

  /** The command's answer: `answer` for programs or `text` for people. */
  async answer(answer: object, text: string): Promise<void> {
    this.#clear();
    await this.write(`${this.json ? JSON.stringify(answer) : text.trimEnd()}\n`);
  }

  /** Text on stdout as it is, waiting for a slow reader. */
  async write(text: string): Promise<void> {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  }

  /** Where the work stands: one line that is written over on a terminal, and is left out elsewhere. */
  progress(line: string): void {
    if (!process.stderr.isTTY || line === this.#line) return;
    this.#line = line;
    process.stderr.write(`\r\x1b[2K${line.slice(0, Math.max(20, (process.stderr.columns ?? 80) - 1))}`);
  }

  /** Something that stays to be read: a stage reached, a warning. */
  note(line: string): void {
    this.#clear();
    process.stderr.write(`${line}\n`);
  }

  /** The error as JSON on stdout or as text on stderr. Answers the exit code. */
  async fail(thrown: unknown): Promise<number> {
    this.#clear();
    const { code, message, advice, place, stack } = toWire(thrown);
    const ours = exitCode(thrown) === 1 && !(thrown instanceof BenchwrightError);
    if (this.json) await this.write(`${JSON.stringify({ error: { code, message, advice, place } })}\n`);
    else process.stderr.write(`benchwright: ${message}${advice ? `\n${advice}` : ''}\n`);
    if (ours && stack) process.stderr.write(`${stack}\n`);
    return exitCode(thrown);
  }

  #clear(): void {
    if (this.#line) process.stderr.write('\r\x1b[2K');
    this.#line = '';
  }
}

/** 130 interrupted · 2 what was given cannot be used · 1 our fault. */
export function exitCode(thrown: unknown): 1 | 2 | 130 {
  if (thrown instanceof AbortError) return 130;
  if (thrown instanceof InputError || thrown instanceof TrainingError) return 2;
  return thrown instanceof DeviceError && thrown.code === 'no-device' ? 2 : 1;
}
