/**
 * JSON as TensorFlow Serving reads and writes it: NaN, Infinity and -Infinity stand in it as bare words (`json_tensor.cc`). Its depth is bounded
 * before anything is built.
 */
import { InputError } from '../base/errors.js';

const bareNumber = /-?Infinity|NaN/y;

/** @throws InputError `not-json` or `too-deep` */
export function parseJson(text: string, mostDepth: number): unknown {
  const bare = bareNumbersIn(text, mostDepth);
  try {
    return bare.length === 0 ? JSON.parse(text) : withBareNumbers(text, bare);
  } catch (cause) {
    throw new InputError('not-json', `JSON Parse error: ${(cause as Error).message}`, { advice: 'Send a JSON object.', cause });
  }
}

/** Places of bare words outside of texts. @throws InputError `too-deep` */
function bareNumbersIn(text: string, mostDepth: number): { start: number; end: number }[] {
  const bare: { start: number; end: number }[] = [];
  let depth = 0;
  for (let place = 0; place < text.length; place++) {
    const character = text[place];
    if (character === '"') {
      for (place++; place < text.length && text[place] !== '"'; place++) if (text[place] === '\\') place++;
    } else if (character === '[' || character === '{') {
      if (++depth > mostDepth) throw tooDeep(mostDepth);
    } else if (character === ']' || character === '}') depth--;
    else if (character === 'N' || character === 'I' || (character === '-' && text[place + 1] === 'I')) {
      bareNumber.lastIndex = place;
      const found = bareNumber.exec(text);
      if (!found) continue;
      bare.push({ start: place, end: place + found[0].length });
      place += found[0].length - 1;
    }
  }
  return bare;
}

/** A NaN stands as a text that nobody else can have written while the rest is parsed. There may be millions of them: what is done of each is little. */
function withBareNumbers(text: string, bare: readonly { start: number; end: number }[]): unknown {
  const mark = crypto.randomUUID().slice(0, 8);
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of bare) {
    const word = text.slice(start, end);
    // JSON has no word for what is infinite, but digits for it; spaces keep them apart from what stands beside them.
    pieces.push(text.slice(from, start), word === 'NaN' ? `"${mark}"` : ` ${word.replace('Infinity', '1e999')} `);
    from = end;
  }
  const marked = { value: JSON.parse(pieces.join('') + text.slice(from)) as unknown };
  putNumbers(marked, mark);
  return marked.value;
}

/** In the place of each mark; of the depth that was checked. */
function putNumbers(parsed: object, mark: string): void {
  const values = parsed as Record<string | number, unknown>;
  for (const key of Array.isArray(parsed) ? parsed.keys() : Object.keys(parsed)) {
    const value = values[key];
    if (value === mark) values[key] = Number.NaN;
    else if (typeof value === 'object' && value !== null) putNumbers(value, mark);
  }
}

export function writeJson(value: unknown): string {
  const mark = crypto.randomUUID();
  let found = false;
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'number' || Number.isFinite(part)) return part;
    found = true;
    return mark + String(part);
  });
  return found ? text.replaceAll(new RegExp(`"${mark}(-?Infinity|NaN)"`, 'g'), '$1') : text;
}

const tooDeep = (most: number): InputError =>
  new InputError('too-deep', `The JSON has more than ${most} lists and objects within one another.`, {
    advice: 'Send tensors as flat as the model takes them.',
  });
