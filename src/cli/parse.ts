/** Takes the command line apart, and refuses what no command knows by naming it and what there is instead. */
import { parseArgs } from 'node:util';
import { InputError } from '../base/errors.js';
import type { Command, Given } from './command.js';

/** @throws InputError `unknown-option`, `missing-value`, `option-twice`, `missing-argument` or `unexpected-argument` */
export function parseCommandLine(command: Command, rest: string[]): Given {
  const advice = `See: benchwright ${command.name} --help`;
  const known = Object.keys(command.options);
  const options = Object.fromEntries(
    known.map((name) => [name, { type: command.options[name].value ? ('string' as const) : ('boolean' as const) }]),
  );
  const { tokens, positionals } = parseArgs({ args: rest, options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const place = { command: command.name, option: token.rawName };
    if (!known.includes(token.name)) {
      const all = known.map((name) => `--${name}`).join(', ');
      throw new InputError('unknown-option', `"${command.name}" has no option ${token.rawName}.`, {
        advice: `Its options are ${all}.`,
        place,
      });
    }
    if (values.has(token.name))
      throw new InputError('option-twice', `${token.rawName} is given twice.`, { advice: 'Give it once.', place });
    const wanted = command.options[token.name].value;
    // `--target --json` has forgotten the column; a name that begins so is given as --target=--json.
    const forgotten = !token.value || (!token.inlineValue && /^-\D/.test(token.value));
    if (wanted && forgotten)
      throw new InputError('missing-value', `${token.rawName} needs a value: ${token.rawName} ${wanted}.`, { advice, place });
    if (!wanted && token.value !== undefined) {
      throw new InputError('unexpected-value', `${token.rawName} is a switch and takes no value, but "${token.value}" was given.`, {
        advice,
        place,
      });
    }
    values.set(token.name, token.value ?? '');
  }
  const missing = command.positionals[positionals.length];
  if (missing) throw new InputError('missing-argument', `"${command.name}" needs ${missing}.`, { advice, place: { argument: missing } });
  const extra = command.more ? undefined : positionals[command.positionals.length];
  if (extra !== undefined) {
    throw new InputError(
      'unexpected-argument',
      `"${command.name}" takes ${command.positionals.join(' ')} only, but "${extra}" was given as well.`,
      {
        advice,
        place: { argument: extra },
      },
    );
  }
  return { positionals, options: values };
}

/** The number given to an option, or undefined; `example` is one that it could be. @throws InputError `not-a-number` */
export function numberOption(given: Given, name: string, example = 10): number | undefined {
  const text = given.options.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InputError('not-a-number', `--${name} needs a number, but "${text}" was given.`, {
    advice: `Give a number such as --${name} ${example}.`,
    place: { option: `--${name}`, value: text },
  });
}

/** @throws InputError `not-a-number` or `out-of-range` */
export const wholeNumberOption = (given: Given, name: string, least: number, most: number): number | undefined =>
  numberWithin(
    given,
    name,
    `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && value >= least && value <= most,
  );

/** @param expected in words @throws InputError `not-a-number` or `out-of-range` */
export function numberWithin(given: Given, name: string, expected: string, isWithin: (value: number) => boolean): number | undefined {
  const value = numberOption(given, name);
  if (value === undefined || isWithin(value)) return value;
  throw new InputError('out-of-range', `--${name} is ${value}; expected ${expected}.`, {
    advice: `Give ${expected}.`,
    place: { option: `--${name}`, value },
  });
}

/** One of the values that there are, or undefined. `later` are known words that mean something not there yet. */
export function choiceOption<Choice extends string>(given: Given, name: string, choices: readonly Choice[]): Choice | undefined {
  const text = given.options.get(name);
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice) return choice;
  throw new InputError('unknown-choice', `--${name} ${text} is not known.`, {
    advice: `There is: ${choices.join(', ')}.`,
    place: { option: `--${name}`, value: text },
  });
}

/** Refuses options that exclude each other. */
export function refuseTogether(given: Given, names: readonly string[]): void {
  const present = names.filter((name) => given.options.has(name)).map((name) => `--${name}`);
  if (present.length < 2) return;
  throw new InputError('options-together', `${present.join(' and ')} cannot be given together.`, {
    advice: `Give one of ${names.map((name) => `--${name}`).join(', ')}.`,
    place: { option: present[1] },
  });
}

/** Every command has it. */
export const jsonOption = { json: { description: 'answer with one JSON object' } };
