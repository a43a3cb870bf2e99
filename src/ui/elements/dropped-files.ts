/**
 * What was dropped or picked, as sources: a folder is one, several pictures together are one, and so are several tables of one format where
 * they are to be one table. Every other file is one by itself.
 */
import type { Source, SourceFile } from '../../data/source.js';

const picture = /\.(png|jpe?g|webp)$/i;

/** Files of one of these endings, packed or not, are parts of one table. */
const table = /\.(csv|tsv|tab|json|ndjson|jsonl|parquet|arrow|feather)(\.gz)?$/i;

export function sourcesOf(files: readonly File[], together: boolean): Source[] {
  const groups = new Map<string, File[]>();
  for (const [index, file] of files.entries()) {
    const ending = together ? table.exec(file.name)?.[1].toLowerCase() : undefined;
    const kind = picture.test(file.name) ? 'pictures' : (ending ?? `file ${index}`);
    groups.set(kind, [...(groups.get(kind) ?? []), file]);
  }
  return [...groups].map(([kind, members]): Source => {
    const [file] = members;
    if (members.length === 1) return { kind: 'file', name: file.name, file };
    const name = kind === 'pictures' ? 'Pictures' : `${file.name} and ${members.length - 1} more`;
    return { kind: 'pictures', name, files: members.map((member) => ({ path: member.name, file: member })) };
  });
}

/** The files of a folder that was picked. */
export function folderOf(files: readonly File[]): Source | undefined {
  if (files.length === 0) return undefined;
  const [name] = files[0].webkitRelativePath.split('/');
  return { kind: 'pictures', name, files: files.map((file) => ({ path: file.webkitRelativePath.slice(name.length + 1), file })) };
}

/** @param entries of the drop, null where one is no file; @param files of the drop; @param together whether tables of one format are one */
export async function droppedSources(
  entries: readonly (FileSystemEntry | null)[],
  files: readonly File[],
  together: boolean,
): Promise<Source[]> {
  const known = entries.filter((entry) => entry !== null);
  if (!known.some((entry) => entry.isDirectory)) return sourcesOf(files, together);
  const sources: Source[] = sourcesOf(await Promise.all(known.filter(isFile).map(fileOf)), together);
  for (const entry of known.filter(isDirectory)) sources.push({ kind: 'pictures', name: entry.name, files: await filesIn(entry, '') });
  return sources;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

async function filesIn(folder: FileSystemDirectoryEntry, above: string): Promise<SourceFile[]> {
  const reader = folder.createReader();
  const files: SourceFile[] = [];
  // A reader answers a hundred entries at a time, and none when it is at its end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const entry of entries) {
      const path = `${above}${entry.name}`;
      if (isDirectory(entry)) files.push(...(await filesIn(entry, `${path}/`)));
      else if (isFile(entry)) files.push({ path, file: await fileOf(entry) });
    }
  }
}
