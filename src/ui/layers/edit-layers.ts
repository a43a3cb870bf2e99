/** Layers while they are edited: each change gives a new list. What a layer says may be wrong meanwhile; names that others read stay true. */
import { inputName } from '../../spec/layer.js';
import { fieldsOf, type LayerKind } from '../../spec/layer-fields.js';

/** A layer as it stands, right or not. */
export type EditedLayer = { readonly kind: LayerKind } & Readonly<Record<string, unknown>>;

type Layers = readonly EditedLayer[];

/** Where a required setting begins; those that are not here begin at the smallest that they may be. */
const beginnings: Readonly<Record<string, unknown>> = {
  units: 32,
  filters: 16,
  activation: 'relu',
  rate: 0.1,
  vocabulary: 100,
  dimension: 8,
  heads: 2,
};

/** A layer of the kind with every required setting. What joins others reads the layer before its place, and the input. */
export function withNew(layers: Layers, kind: LayerKind, place: number): EditedLayer[] {
  let before: Layers = layers;
  const settings = fieldsOf(kind).filter(({ required }) => required);
  const layer: Record<string, unknown> & { kind: LayerKind } = { kind };
  for (const { name, form } of settings) {
    if (form.as === 'references') {
      const [named, own] = place > 0 ? withName(before, place - 1) : [before, inputName];
      before = named;
      layer[name] = [own, inputName];
    } else if (form.as === 'numbers') {
      layer[name] = Array<number>(form.count).fill(name === 'size' ? 2 : 3);
    } else if (form.as === 'extents') {
      layer[name] = Array<number>(form.fewest).fill(form.minimum);
    } else if (form.as === 'number') {
      layer[name] = name in beginnings ? beginnings[name] : name === 'size' ? 2 : name === 'kernel' ? 3 : form.minimum;
    } else {
      layer[name] = beginnings[name];
    }
  }
  return [...before].toSpliced(place, 0, layer);
}

export const withoutLayer = (layers: Layers, place: number): EditedLayer[] => [...layers].toSpliced(place, 1);

export function moved(layers: Layers, from: number, to: number): EditedLayer[] {
  const list = [...layers];
  const [layer] = list.splice(from, 1);
  return list.toSpliced(to, 0, layer);
}

/** @param value left out, the setting is as it is by itself. A new name goes on to all that read the old one. */
export function withSetting(layers: Layers, place: number, name: string, value: unknown): EditedLayer[] {
  const layer: Record<string, unknown> & { kind: LayerKind } = { ...layers[place] };
  const earlier = layer.name;
  if (value === undefined) delete layer[name];
  else layer[name] = value;
  const changed = layers.map((each, index) => (index === place ? layer : each));
  const renamed = name === 'name' && typeof earlier === 'string' && typeof value === 'string';
  return renamed ? changed.map((each, index) => (index > place ? reading(each, earlier, value) : each)) : changed;
}

function reading(layer: EditedLayer, earlier: string, name: string): EditedLayer {
  const follow = (value: unknown): unknown => (value === earlier ? name : Array.isArray(value) ? value.map(follow) : value);
  const follows = fieldsOf(layer.kind).filter(({ form }) => form.as === 'reference' || form.as === 'references');
  const changed = follows.filter((field) => field.name in layer).map((field) => [field.name, follow(layer[field.name])]);
  return { ...layer, ...Object.fromEntries(changed) };
}

/** The layer's name, given to it where it has none: only what has a name can be read from afar. */
export function withName(layers: Layers, place: number): [layers: Layers, name: string] {
  const { name } = layers[place];
  if (typeof name === 'string' && name !== '') return [layers, name];
  const taken = new Set(layers.map((layer) => layer.name));
  let number = place + 1;
  while (taken.has(`layer${number}`)) number++;
  return [withSetting(layers, place, 'name', `layer${number}`), `layer${number}`];
}

/** A layer in a few words: "dense 64 relu". */
export function summaryOf(layer: EditedLayer): string {
  const told = fieldsOf(layer.kind).flatMap(({ name, form }) => {
    const value = layer[name];
    if (value === undefined || form.as === 'name' || form.as === 'reference' || form.as === 'references') return [];
    if (form.as === 'flag') return value === true ? [name] : [];
    return [Array.isArray(value) ? value.join(' × ') : String(value)];
  });
  return told.join(' ');
}
