/** What may be set of each kind of layer, read from the schema itself: forms are generated from this. */
import * as z from 'zod/mini';
import { LayerSpec } from './layer.js';

export type LayerKind = LayerSpec['kind'];

interface Bounds {
  minimum: number;
  maximum: number;
  whole: boolean;
}

export type FieldForm =
  | ({ as: 'number' } & Bounds)
  /** A list of just so many numbers. */
  | ({ as: 'numbers'; count: number } & Bounds)
  /** A list of numbers, as long as it needs to be. */
  | ({ as: 'extents'; fewest: number; most: number } & Bounds)
  /** One of these words, or, where `numbers` is there, a list of numbers instead. */
  | { as: 'choice'; values: readonly string[]; numbers?: { count: number } & Bounds }
  | { as: 'flag' }
  /** A name of its own. */
  | { as: 'name' }
  /** The name of another layer, or several of them. */
  | { as: 'reference' }
  | { as: 'references'; fewest: number; most: number };

export interface LayerField {
  name: string;
  required: boolean;
  /** One sentence. */
  description: string;
  /** What it is when left out, where that is one value. */
  otherwise?: unknown;
  form: FieldForm;
}

/** The parts of JSON Schema that the vocabulary of layers uses. */
interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  prefixItems?: Schema[];
  items?: Schema;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
}

const options = new Map(LayerSpec.def.options.map((option) => [[...option.def.shape.kind.def.values][0] as LayerKind, option]));

export const layerKinds: readonly LayerKind[] = [...options.keys()];

const known = new Map<LayerKind, LayerField[]>();

/** In the order of the schema: what it reads and is called first, then its own settings. */
export function fieldsOf(kind: LayerKind): readonly LayerField[] {
  const fields = known.get(kind) ?? readFields(kind);
  known.set(kind, fields);
  return fields;
}

function readFields(kind: LayerKind): LayerField[] {
  const option = options.get(kind);
  if (!option) throw new Error(`There is no layer of kind "${kind}".`);
  const { properties = {}, required = [] } = z.toJSONSchema(option) as Schema;
  return Object.entries(properties)
    .filter(([name]) => name !== 'kind')
    .map(([name, schema]) => ({
      name,
      required: required.includes(name),
      description: schema.description ?? '',
      ...(schema.default === undefined ? {} : { otherwise: schema.default }),
      form: formOf(name, schema),
    }));
}

function formOf(name: string, schema: Schema): FieldForm {
  const { type, prefixItems, items, anyOf } = schema;
  const { minItems = 0, maxItems = 64 } = schema;
  if (name === 'name') return { as: 'name' };
  if (anyOf) {
    const list = numbersOf(anyOf.find((each) => each.prefixItems)?.prefixItems ?? []);
    return { as: 'choice', values: anyOf.flatMap((each) => each.enum ?? []), numbers: list };
  }
  if (schema.enum) return { as: 'choice', values: schema.enum };
  if (type === 'boolean') return { as: 'flag' };
  if (type === 'string') return { as: 'reference' };
  if (prefixItems) return { as: 'numbers', ...numbersOf(prefixItems) };
  if (items && items.type !== 'string') return { as: 'extents', fewest: minItems, most: maxItems, ...boundsOf(items) };
  if (type === 'array') return { as: 'references', fewest: minItems, most: maxItems };
  return { as: 'number', ...boundsOf(schema) };
}

const numbersOf = (items: readonly Schema[]): { count: number } & Bounds => ({ count: items.length, ...boundsOf(items[0]) });

const boundsOf = ({ type, minimum, exclusiveMinimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Schema): Bounds => ({
  minimum: minimum ?? exclusiveMinimum,
  maximum,
  whole: type === 'integer',
});
