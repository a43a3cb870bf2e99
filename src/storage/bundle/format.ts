/**
 * The `.bench` container: a header, a manifest, then the chunks one after another with nothing between. The manifest stands first, so a reader
 * knows the length of everything, and what an import would do, before it reads a chunk. `docs/bench-format.md` describes it for others.
 */
import * as z from 'zod/mini';
import { InputError } from '../../base/errors.js';
import { ChunkRef } from '../../spec/chunk.js';
import type { ProjectRecord } from './contents.js';

/** Begins with a byte that no text has and ends with a line break that a transfer as text would change. */
export const magic = Uint8Array.of(0x89, 0x42, 0x45, 0x4e, 0x43, 0x48, 0x0d, 0x0a);
/** The newest, of the container and of the records in it. */
export const formatVersion = 4;
/** Magic, version and length (32 bits, little-endian), SHA-256 of the manifest. */
export const headerBytes = 48;
/** Bounds on what a file from outside may ask for. */
export const mostManifestBytes = 256 * 2 ** 20;
export const mostChunkBytes = 2 ** 30;
export const mostRecords = 100_000;
export const mostChunks = 1_000_000;

export const Manifest = z.object({
  format: z.literal('benchwright-project'),
  version: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(formatVersion)]),
  created: z.number(),
  /** The version of Benchwright that wrote it. */
  writtenBy: z.string(),
  records: z.array(z.unknown()).check(z.maxLength(mostRecords)),
  /** In the order in which their bytes follow. */
  chunks: z.array(ChunkRef).check(z.maxLength(mostChunks)),
});

/** The oldest version that can say it all, so that an older Benchwright reads whatever it could have written. */
export const versionOf = (records: readonly ProjectRecord[]): number =>
  records.reduce((most, record) => Math.max(most, versionNeededBy(record)), 1);

function versionNeededBy(record: ProjectRecord): number {
  if (record.kind === 'deployment' || record.kind === 'tensor-model') return 4;
  if (record.kind === 'sweep' || record.kind === 'trial') return 3;
  if (record.kind === 'run') return record.insight === undefined ? 1 : 3;
  return record.kind === 'setting' || (record.kind === 'dataset' && record.versions !== undefined) ? 2 : 1;
}

export function writeHeader(version: number, manifest: Uint8Array, hash: string): Uint8Array {
  const header = new Uint8Array(headerBytes);
  header.set(magic);
  const view = new DataView(header.buffer);
  view.setUint32(8, version, true);
  view.setUint32(12, manifest.byteLength, true);
  for (let index = 0; index < 32; index++) header[16 + index] = Number.parseInt(hash.slice(2 * index, 2 * index + 2), 16);
  return header;
}

/** @throws InputError `not-a-project`, `project-newer` or `project-damaged` */
export function readHeader(header: Uint8Array, fileBytes: number): { version: number; manifestBytes: number; hash: string } {
  if (header.byteLength < headerBytes || magic.some((byte, index) => header[index] !== byte)) throw notAProject();
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const version = view.getUint32(8, true);
  if (version < 1 || version > formatVersion) throw projectNewer(version);
  const manifestBytes = view.getUint32(12, true);
  if (manifestBytes > mostManifestBytes) throw projectDamaged(`its list of contents claims ${manifestBytes} bytes`);
  if (headerBytes + manifestBytes > fileBytes) throw projectDamaged('it ends within its list of contents');
  return { version, manifestBytes, hash: Array.from(header.subarray(16, 48), (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

const notAProject = (): InputError =>
  new InputError('not-a-project', 'This is not a Benchwright project: it does not begin as a .bench file does.', {
    advice: 'Choose a file that "Export" has written. A table or pictures are imported on the Data page.',
  });

const projectNewer = (version: number): InputError =>
  new InputError('project-newer', `This project has format ${version}; this version of Benchwright reads formats up to ${formatVersion}.`, {
    advice: 'Use the version of Benchwright that wrote it, or a newer one.',
  });

export const projectDamaged = (how: string, cause?: unknown): InputError =>
  new InputError('project-damaged', `This project file is damaged: ${how}. Nothing of it was imported.`, {
    advice: 'Copy or download the file again, or export the project anew where it came from.',
    cause,
  });
