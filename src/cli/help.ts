/** The help, written from the commands' own descriptions. */
import type { Command } from './command.js';

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'benchwright: machine learning on your own data, on your own machine',
    '',
    'Usage: benchwright COMMAND … [--json]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'DATA is a table (CSV, TSV, JSON, NDJSON, Arrow, Parquet), a folder or zip with a folder of pictures for each class, a folder of',
    'Parquet files, an http(s) address, s3://BUCKET/PREFIX (keys are taken from the usual AWS_* variables), or',
    'builtin:NAME (iris, wine, breast-cancer, digits, penguins, fashion-mnist).',
    'MODEL is the folder that "train --out" wrote, or a file of "export" as onnx or safetensors.',
    'With --json, stdout holds exactly one JSON object; progress is on stderr.',
    'Exit codes: 0 done, 1 our fault, 2 bad usage or bad input, 130 interrupted.',
    '',
    'benchwright COMMAND --help tells the options of one command; benchwright --version tells the version.',
  ].join('\n');
}

export function usage(command: Command): string {
  const options = Object.entries(command.options).map(([name, { value, description }]) => [
    `--${name}${value ? ` ${value}` : ''}`,
    description,
  ]);
  const width = Math.max(...options.map(([head]) => head.length));
  return [
    `benchwright ${command.name}: ${command.summary}`,
    '',
    `Usage: benchwright ${[command.name, ...command.positionals].join(' ')}${command.more ? '…' : ''} [options]`,
    '',
    ...options.map(([head, description]) => `  ${head.padEnd(width)}  ${description}`),
  ].join('\n');
}
