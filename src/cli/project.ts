/** `benchwright project ACTION FILE`: a project as one `.bench` file, out of a folder or into one; or a look at what is in it. */
import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InputError } from '../base/errors.js';
import { openFileStore } from '../host/node/files.js';
import { createProject } from '../storage/bundle/create.js';
import type { Project, ProjectArrival, ProjectContent } from '../storage/bundle/project.js';
import { createMemoryStore } from '../storage/memory.js';
import type { Store } from '../storage/store.js';
import { watchful } from '../storage/watchful.js';
import type { ProjectAnswer } from './answers.js';
import type { Command, Context } from './command.js';
import { jsonOption } from './parse.js';
import { aligned, byteCount, duration } from './table-text.js';
import { wholeFile } from './whole-file.js';

const actions = ['export', 'import', 'show'] as const;
type Action = (typeof actions)[number];

export const project: Command = {
  name: 'project',
  summary: 'a project as one .bench file: "export" writes it from a folder, "import" reads it into one, "show" lists what is in it',
  positionals: ['ACTION', 'FILE'],
  options: {
    store: { value: 'FOLDER', description: 'the folder that is exported or imported into: of "train --out", or of storage "files"' },
    ...jsonOption,
  },
  async run(given, context) {
    const [name, file] = given.positionals;
    const action = actions.find((each) => each === name);
    if (!action) throw unknownAction(name);
    const folder = given.options.get('store');
    const store = await openStore(action, folder);
    try {
      const answer = await answers[action](createProject(store), file, context);
      const whole: ProjectAnswer = { action, file, ...(folder === undefined || action === 'show' ? {} : { store: folder }), ...answer };
      await context.output.answer(whole, textOf(whole));
    } finally {
      await store.close();
    }
  },
};

/** @throws InputError `missing-store`, or as `openFileStore` does */
async function openStore(action: Action, folder: string | undefined): Promise<Store> {
  if (action === 'show') return createMemoryStore();
  if (folder !== undefined) return watchful(await openFileStore(folder, { create: action === 'import' }));
  throw new InputError('missing-store', `"project ${action}" needs a folder: --store FOLDER.`, {
    advice: 'Give the folder that "benchwright train --out" wrote, or one that is new or empty to import into.',
    place: { option: '--store' },
  });
}

type Answer = Omit<ProjectAnswer, 'action' | 'file' | 'store'>;

const answers: Record<Action, (project: Project, file: string, context: Context) => Promise<Answer>> = {
  async export(from, file, { output, signal }) {
    const pieces = from.export(undefined, signal);
    const { items, size } = await wholeFile(file, bytes());
    return { bytes: size, items };

    async function* bytes(): AsyncGenerator<Uint8Array, ProjectContent> {
      for (let next = await pieces.next(); ; next = await pieces.next()) {
        if (next.done) return next.value;
        output.progress(progressOf(`Writing ${file}`, next.value));
        yield next.value.piece;
      }
    }
  },
  async import(into, file, { output, signal }) {
    const blob = await fileAt(file);
    const importing = into.import(blob, signal);
    for (let next = await importing.next(); ; next = await importing.next()) {
      if (next.done) return { bytes: blob.size, items: next.value };
      output.progress(progressOf(`Reading ${file}`, next.value));
    }
  },
  /** Beside nothing, all of it is new: that is not worth saying. */
  async show(nowhere, file) {
    const blob = await fileAt(file);
    const items = (await nowhere.inspect(blob)).map(({ outcome: _, as: __, ...item }) => item);
    return { bytes: blob.size, items };
  },
};

function progressOf(doing: string, { bytes, size, secondsLeft }: { bytes: number; size: number; secondsLeft?: number }): string {
  return `${doing}: ${byteCount(bytes)} of ${byteCount(size)}${secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`}`;
}

/** @throws InputError `file-missing` */
async function fileAt(path: string): Promise<Blob> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return await openAsBlob(path);
  throw new InputError('file-missing', `"${path}" is not a file that can be read.`, {
    advice: 'Give the path of a .bench file.',
    place: { file: path },
  });
}

function textOf({ action, file, store, bytes, items }: ProjectAnswer): string {
  const rows = items.map((item) => [
    item.kind,
    item.name,
    byteCount(item.bytes),
    'outcome' in item ? outcomeWords[item.outcome as ProjectArrival['outcome']] : '',
  ]);
  const heads = { export: `Written to ${file}`, import: `Read into ${store ?? ''}`, show: file };
  return [
    `${heads[action]}: ${items.length} ${items.length === 1 ? 'item' : 'items'}, ${byteCount(bytes)}`,
    ...(rows.length > 0 ? ['', aligned(rows)] : []),
  ].join('\n');
}

const outcomeWords: Record<ProjectArrival['outcome'], string> = {
  new: 'new',
  there: 'is there already',
  versions: 'has more versions now',
  beside: 'beside the one there, which differs',
};

const unknownAction = (name: string): InputError =>
  new InputError('unknown-choice', `"project" has no action "${name}".`, {
    advice: `There is: ${actions.join(', ')}.`,
    place: { argument: 'ACTION', value: name },
  });
