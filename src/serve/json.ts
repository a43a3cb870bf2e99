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

/** Each stands as a text that nobody else can have written while the rest is parsed. */
function withBareNumbers(text: string, bare: readonly { start: number; end: number }[]): unknown {
  const mark = crypto.randomUUID();
  let marked = '';
  let from = 0;
  for (const { start, end } of bare) {
    marked += `${text.slice(from, start)}"${mark}${text.slice(start, end)}"`;
    from = end;
  }
  return JSON.parse(marked + text.slice(from), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
  );
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
