/** Numbers of fields in ONNX's messages (onnx.proto, https://github.com/onnx/onnx), as many as are read. */
import type { ElementType } from '../../spec/tensor-model.js';

export const modelFields = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  domain: 4,
  modelVersion: 5,
  description: 6,
  graph: 7,
  opsets: 8,
  metadata: 14,
  training: 20,
  functions: 25,
} as const;
export const opsetFields = { domain: 1, version: 2 } as const;
export const entryFields = { key: 1, value: 2 } as const;
export const trainingFields = { initialization: 1, algorithm: 2 } as const;
export const graphFields = { nodes: 1, name: 2, constants: 5, inputs: 11, outputs: 12, sparse: 15 } as const;
export const functionFields = { nodes: 7, defaults: 11 } as const;
export const nodeFields = { inputs: 1, outputs: 2, name: 3, operator: 4, attributes: 5, domain: 7 } as const;
export const attributeFields = {
  name: 1,
  float: 2,
  integer: 3,
  text: 4,
  tensor: 5,
  graph: 6,
  floats: 7,
  integers: 8,
  tensors: 10,
  graphs: 11,
  sparse: 22,
  sparses: 23,
} as const;
export const valueFields = { name: 1, type: 2 } as const;
export const typeFields = { tensor: 1, sequence: 4, map: 5, opaque: 7, sparse: 8, optional: 9 } as const;
export const tensorTypeFields = { element: 1, shape: 2 } as const;
export const shapeFields = { dimensions: 1 } as const;
export const dimensionFields = { extent: 1, name: 2 } as const;
export const tensorFields = {
  extents: 1,
  type: 2,
  floats: 4,
  int32s: 5,
  texts: 6,
  int64s: 7,
  name: 8,
  raw: 9,
  doubles: 10,
  uint64s: 11,
  external: 13,
  location: 14,
} as const;
export const sparseFields = { values: 1, indices: 2 } as const;

/** TensorProto.DataType: the name, and how many bits an element takes in raw data; texts are never raw. */
export const dataTypes: ReadonlyMap<number, { name: ElementType; bits: number }> = new Map<number, { name: ElementType; bits: number }>([
  [1, { name: 'float32', bits: 32 }],
  [2, { name: 'uint8', bits: 8 }],
  [3, { name: 'int8', bits: 8 }],
  [4, { name: 'uint16', bits: 16 }],
  [5, { name: 'int16', bits: 16 }],
  [6, { name: 'int32', bits: 32 }],
  [7, { name: 'int64', bits: 64 }],
  [8, { name: 'string', bits: 0 }],
  [9, { name: 'bool', bits: 8 }],
  [10, { name: 'float16', bits: 16 }],
  [11, { name: 'float64', bits: 64 }],
  [12, { name: 'uint32', bits: 32 }],
  [13, { name: 'uint64', bits: 64 }],
  [14, { name: 'complex64', bits: 64 }],
  [15, { name: 'complex128', bits: 128 }],
  [16, { name: 'bfloat16', bits: 16 }],
  // Four kinds of them, and one of exponents alone; none is computed with here.
  ...[17, 18, 19, 20, 24].map((number) => [number, { name: 'float8', bits: 8 }] as const),
  [21, { name: 'uint4', bits: 4 }],
  [22, { name: 'int4', bits: 4 }],
  [23, { name: 'float4', bits: 4 }],
  [25, { name: 'uint2', bits: 2 }],
  [26, { name: 'int2', bits: 2 }],
]);
