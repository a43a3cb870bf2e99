/** Texts whose names do not say so, as mails are kept: told by what the files begin with. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { formatOf } from '../pictures/header.js';
import { isOfOneFile } from '../pictures/picture-file.js';
import { isGzip } from '../sources/gzip.js';
import type { CollectionFile } from './collection-file.js';

/** Fewer files are no collection. */
const fewestFiles = 3;
/** Looked at before all are: a folder of something else is soon known. */
const sampled = 32;
/** Share of files that must be texts for the others to be strays. */
const enoughTexts = 0.9;
/** Share of control characters that a text may have. */
const mostControls = 0.002;

/** The files that are texts, where nearly all are; nothing otherwise. */
export async function textsByContent(files: readonly CollectionFile[], signal?: AbortSignal): Promise<CollectionFile[] | undefined> {
  if (files.length < fewestFiles) return undefined;
  const step = Math.max(1, Math.floor(files.length / sampled));
  const sample = files.filter((_, index) => index % step === 0);
  if ((await among(sample, signal)).length < enoughTexts * sample.length) return undefined;
  const texts = await among(files, signal);
  return texts.length >= enoughTexts * files.length ? texts : undefined;
}

/** Nothing of a file that cannot be read: it is left out and counted, as one that is no text. */
async function beginOf(file: CollectionFile): Promise<Uint8Array> {
  try {
    return await file.begin();
  } catch (thrown) {
    if (!isOfOneFile(thrown)) throw thrown;
    return new Uint8Array(0);
  }
}

async function among(files: readonly CollectionFile[], signal?: AbortSignal): Promise<CollectionFile[]> {
  const texts: CollectionFile[] = [];
  for (const [index, file] of files.entries()) {
    throwIfAborted(signal);
    if (isText(await beginOf(file))) texts.push(file);
    if (index % 64 === 0) await yieldToEventLoop();
  }
  return texts;
}

const tab = 0x09;
const carriageReturn = 0x0d;
const escapeCode = 0x1b;
const blank = 0x20;

/** By control characters, which texts of any encoding but UTF-16 hardly have. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || formatOf(bytes) || isGzip(bytes)) return false;
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return false;
    if (byte < blank && (byte < tab || byte > carriageReturn) && byte !== escapeCode) controls++;
  }
  return controls <= mostControls * bytes.length;
}
