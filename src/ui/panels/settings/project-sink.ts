/** Where an export goes: straight into a file where the browser lets a page write one, else into a download. */
import type { ProjectSink } from '../../jobs/project-jobs.js';
import { isCancelled } from '../../problem.js';
import { saveAs } from '../../save-as.js';

type Picker = (options: {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}) => Promise<FileSystemFileHandle>;

/** To be called from a click. Undefined when the user chose no place. */
export async function chooseSink(name: string): Promise<ProjectSink | undefined> {
  const { showSaveFilePicker } = globalThis as { showSaveFilePicker?: Picker };
  if (!showSaveFilePicker) return download(name);
  try {
    const types = [{ description: 'Benchwright project', accept: { 'application/octet-stream': ['.bench'] } }];
    const writable = await (await showSaveFilePicker.call(globalThis, { suggestedName: name, types })).createWritable();
    // The file gets its content when it is closed: one that is broken off is as it was.
    return { write: (piece) => writable.write(piece), close: () => writable.close(), abort: () => writable.abort() };
  } catch (thrown) {
    if (isCancelled(thrown)) return undefined;
    if (thrown instanceof Error && (thrown.name === 'SecurityError' || thrown.name === 'NotAllowedError')) return download(name);
    throw thrown;
  }
}

/** A Blob of Blobs: the browser may keep the pieces on disk. */
function download(name: string): ProjectSink {
  let content = new Blob([]);
  return {
    async write(piece) {
      content = new Blob([content, piece]);
    },
    async close() {
      saveAs(content, name);
    },
    async abort() {
      content = new Blob([]);
    },
  };
}
