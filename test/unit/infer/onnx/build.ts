/** ONNX files for tests, written field by field. */
import { ProtobufWriter } from '../../../../src/infer/protobuf.js';

const message = (): ProtobufWriter => new ProtobufWriter();

export const value = (name: string, elementType: number, shape: readonly (number | string)[] = []): ProtobufWriter => {
  const dimensions = message();
  for (const extent of shape) dimensions.message(1, typeof extent === 'number' ? message().integer(1, extent) : message().text(2, extent));
  return message()
    .text(1, name)
    .message(2, message().message(1, message().integer(1, elementType).message(2, dimensions)));
};

export const tensor = (name: string, extents: readonly number[], raw: Uint8Array, elementType = 1): ProtobufWriter => {
  const proto = message();
  for (const extent of extents) proto.integer(1, extent);
  return proto.integer(2, elementType).text(8, name).bytes(9, raw);
};

export const node = (
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...attributes: ProtobufWriter[]
): ProtobufWriter => {
  const proto = message();
  for (const input of inputs) proto.text(1, input);
  for (const output of outputs) proto.text(2, output);
  proto.text(4, operator);
  for (const attribute of attributes) proto.message(5, attribute);
  return proto;
};

export interface Parts {
  nodes?: ProtobufWriter[];
  inputs?: ProtobufWriter[];
  outputs?: ProtobufWriter[];
  constants?: ProtobufWriter[];
}

export const graph = ({ nodes = [], inputs = [], outputs = [value('y', 1, ['n'])], constants = [] }: Parts): ProtobufWriter => {
  const proto = message();
  for (const each of nodes) proto.message(1, each);
  proto.text(2, 'a graph');
  for (const each of constants) proto.message(5, each);
  for (const each of inputs) proto.message(11, each);
  for (const each of outputs) proto.message(12, each);
  return proto;
};

export const model = (body: ProtobufWriter, ...more: ((proto: ProtobufWriter) => void)[]): Uint8Array => {
  const proto = message().integer(1, 8).text(2, 'a producer').message(7, body).message(8, message().text(1, '').integer(2, 17));
  for (const add of more) add(proto);
  return proto.finish();
};

/** y = max(x, 0) · weights: [n, 2] in, [n, 3] out, its weights a constant. */
export const small = (): Uint8Array =>
  model(
    graph({
      nodes: [node('Relu', ['x'], ['h']), node('MatMul', ['h', 'w'], ['y'])],
      inputs: [value('x', 1, ['n', 2]), value('w', 1, [2, 3])],
      outputs: [value('y', 1, ['n', 3])],
      constants: [tensor('w', [2, 3], new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer))],
    }),
    (proto) => void proto.message(14, message().text(1, 'licence').text(2, '<script>alert(1)</script>')),
  );

/** The rows of [[1, 2], [3, 4]] that are asked for: one that is out of range is refused as it runs. */
export const gather = (): Uint8Array =>
  model(
    graph({
      nodes: [node('Gather', ['rows', 'which'], ['y'])],
      inputs: [value('which', 7, ['n'])],
      outputs: [value('y', 1, ['n', 2])],
      constants: [tensor('rows', [2, 2], new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer))],
    }),
  );

/** y = x + 1, n times over: it takes as long as it is asked to. */
export const counting = (): Uint8Array => {
  const [float, whole, truth] = [1, 7, 9];
  const body = message()
    .message(1, node('Identity', ['going'], ['goes']))
    .message(1, node('Add', ['value', 'one'], ['next']))
    .text(2, 'a turn');
  for (const input of [value('turn', whole), value('going', truth), value('value', float, [1])]) body.message(11, input);
  for (const output of [value('goes', truth), value('next', float, [1])]) body.message(12, output);
  const attribute = message().text(1, 'body').message(6, body).integer(20, 5);
  return model(
    graph({
      nodes: [node('Loop', ['n', '', 'x'], ['y'], attribute)],
      inputs: [value('n', whole), value('x', float, [1])],
      outputs: [value('y', float, [1])],
      constants: [tensor('one', [1], new Uint8Array(Float32Array.of(1).buffer))],
    }),
  );
};
