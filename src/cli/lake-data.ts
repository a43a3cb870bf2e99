/** `DATA` that is a Parquet data set: an address of a store, a folder of such files, or one file of which only a part is wanted. */
import { InputError } from '../base/errors.js';
import type { LakeAccess, LakeSource } from '../data/lake/lake.js';
import { isHidden, isParquetName } from '../data/lake/partitions.js';
import { parseWhere } from '../data/lake/where.js';
import type { Source } from '../data/source.js';
import type { LakeQuery } from '../spec/lake.js';
import type { Given, OptionDescription } from './command.js';
import { numberOption } from './parse.js';

export const queryOptions: Record<string, OptionDescription> = {
  columns: { value: 'A,B', description: 'of Parquet, only these columns; no other is read' },
  where: { value: 'TEXT', description: `of Parquet, only such rows: "delay > 30 and origin in ('LAS', 'PHL')"` },
  sample: { value: 'N', description: 'of Parquet, so many rows, or a share such as 0.1' },
  seed: { value: 'N', description: 'of the sample (0 when left out)' },
};

/** What is asked for; undefined where nothing is. @throws InputError `invalid-where`, `invalid-sample` */
export function queryOf(given: Given): LakeQuery | undefined {
  const columns = given.options
    .get('columns')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const where = given.options.get('where');
  const sample = numberOption(given, 'sample');
  const seed = numberOption(given, 'seed', 1);
  if (columns === undefined && where === undefined && sample === undefined) {
    if (seed === undefined) return undefined;
    throw new InputError('options-together', '--seed is of a sample, and no --sample is given.', {
      advice: 'Give --sample N as well.',
      place: { option: '--seed' },
    });
  }
  return {
    ...(columns === undefined ? {} : { columns }),
    ...(where === undefined ? {} : { where: parseWhere(where) }),
    ...(sample === undefined
      ? {}
      : { sample: { ...(sample < 1 ? { share: sample } : { rows: sample }), ...(seed === undefined ? {} : { seed }) } }),
  };
}

export const isStoreAddress = (given: string): boolean => /^s3a?:\/\//i.test(given);

/** Undefined where it is none, such as a folder of pictures. */
export function lakeAddress(given: string): LakeSource | undefined {
  if (isStoreAddress(given)) return { kind: 'address', address: given };
  if (!/^https?:\/\//i.test(given) || !URL.canParse(given)) return undefined;
  const { pathname } = new URL(given);
  return isParquetName(pathname) || pathname.endsWith('/_metadata') ? { kind: 'address', address: given } : undefined;
}

/** @param isAsked whether a query is: then one file is a data set of one */
export function lakeFiles(source: Source, isAsked: boolean): LakeSource | undefined {
  if (source.kind === 'pictures') {
    const files = source.files.filter(({ path }) => !isHidden(path));
    const parquet = files.filter(({ path }) => isParquetName(path));
    // A note or two may lie beside them.
    return parquet.length > 0 && parquet.length * 2 >= files.length ? { kind: 'files', name: source.name, files: parquet } : undefined;
  }
  if (!isAsked) return undefined;
  if (source.kind === 'file' && source.entry === undefined && isParquetName(source.name))
    return { kind: 'files', name: source.name.replace(/\.[^.]+$/, ''), files: [{ path: source.name, file: source.file }] };
  throw new InputError('not-parquet', '--columns, --where and --sample are of Parquet: other files are read as a whole.', {
    advice: 'Write it as Parquet first: benchwright data FILE --out FILE.parquet.',
    place: { option: '--columns' },
  });
}

/** As Amazon's own tools have it. Only for addresses of a store: no other site is shown a signature. */
export function accessFromEnvironment(source: LakeSource, environment: NodeJS.ProcessEnv = process.env): LakeAccess {
  if (source.kind !== 'address' || !isStoreAddress(source.address)) return {};
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  const endpoint = environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL;
  return {
    ...(accessKeyId ? { accessKeyId } : {}),
    ...(secretAccessKey ? { secretAccessKey } : {}),
    ...(sessionToken ? { sessionToken } : {}),
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
  };
}
