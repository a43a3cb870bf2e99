/** `benchwright export MODEL --format F --out FILE`: a saved model as files for other programs. */
import { mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { throwIfAborted } from '../base/abort.js';
import { InputError } from '../base/errors.js';
import { type ExportedFile, type ModelExport, type ModelFormat, modelFormats } from '../infer/export/exported.js';
import type { ExportAnswer } from './answers.js';
import type { Command } from './command.js';
import { openModel } from './model-folder.js';
import { choiceOption, jsonOption } from './parse.js';
import { aligned, byteCount } from './table-text.js';
import { wholeFile } from './whole-file.js';

export const exportCommand: Command = {
  name: 'export',
  summary: 'a saved model as a file for other programs: ONNX, TensorFlow.js, safetensors, a folder for Triton, a model card',
  positionals: ['MODEL'],
  options: {
    format: { value: 'FORMAT', description: modelFormats.join(', ') },
    out: { value: 'FILE', description: 'where to; of tfjs and serving a folder, which is made (of tfjs a file that ends in .json, too)' },
    licence: { value: 'TEXT', description: 'for a card: under which licence the model may be used' },
    force: { description: 'write over files that are there' },
    ...jsonOption,
  },
  async run(given, { output, signal }) {
    const [path] = given.positionals;
    const format = choiceOption(given, 'format', modelFormats) ?? missing('format', modelFormats.join(' | '));
    const out = given.options.get('out') ?? missing('out', 'FILE');
    const licence = given.options.get('licence');
    const { model, services, close } = await openModel(path);
    try {
      output.progress(`Exporting ${path}`);
      const exported = await services.models.export(model.id, format, {
        name: nameOf(path),
        ...(licence === undefined ? {} : { licence }),
      });
      throwIfAborted(signal);
      const files = await writeAll(exported, out, given.options.has('force'));
      const { inputs, outputs, notes } = exported;
      const answer: ExportAnswer = {
        model: path,
        format,
        out,
        files,
        ...(inputs && outputs ? { inputs, outputs } : {}),
        notes,
      };
      await output.answer(answer, textOf(answer));
    } finally {
      await close();
    }
  },
};

/** A served model is called after its folder. */
const nameOf = (path: string): string => basename(resolve(path)).replace(/\.(onnx|safetensors)$/, '');

/** Where each file goes: the first to OUT itself and the others beside it, or all of them into the folder OUT. */
function placesOf(files: readonly ExportedFile[], format: ModelFormat, out: string): string[] {
  const isFolder = format === 'serving' || (format === 'tfjs' && !out.endsWith('.json'));
  if (isFolder) return files.map(({ path }) => join(out, path));
  return files.map(({ path }, index) => (index === 0 ? out : join(dirname(out), path)));
}

/** @throws InputError `file-exists` before anything is written; `unwritable-file` */
async function writeAll({ files, format }: ModelExport, out: string, force: boolean): Promise<ExportAnswer['files']> {
  const places = placesOf(files, format, out);
  for (const place of places) if (!force && (await stat(place).catch(() => undefined))) throw fileExists(place);
  for (const [index, { bytes }] of files.entries()) {
    if (places[index] !== out) await makeFolder(dirname(places[index]));
    await wholeFile(places[index], once(bytes));
  }
  return files.map(({ bytes }, index) => ({ path: places[index], bytes: bytes.length }));
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch((cause: Error) => {
    throw new InputError('unwritable-file', `The folder "${path}" cannot be made: ${cause.message}`, {
      advice: 'Give another place with --out.',
      cause,
      place: { folder: path },
    });
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

const fileExists = (path: string): InputError =>
  new InputError('file-exists', `"${path}" is there already.`, {
    advice: 'Give another place with --out, or write over it with --force.',
    place: { file: path },
  });

function missing(name: string, value: string): never {
  throw new InputError('missing-option', `"export" needs --${name} ${value}.`, {
    advice: 'See: benchwright export --help',
    place: { command: 'export', option: `--${name}` },
  });
}

function textOf({ model, files, inputs, outputs, notes }: ExportAnswer): string {
  const ports = (heading: string, list: ExportAnswer['inputs']): string[] =>
    list
      ? [
          '',
          `${heading}:`,
          aligned(
            list.map(({ name, type, shape }) => [
              `  ${name}`,
              type,
              `[${shape.map((extent) => (extent < 0 ? 'rows' : extent)).join(', ')}]`,
            ]),
          ),
        ]
      : [];
  return [
    `${model} is written:`,
    aligned(files.map(({ path, bytes }) => [`  ${path}`, byteCount(bytes)])),
    ...ports('It takes', inputs),
    ...ports('It answers', outputs),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}
