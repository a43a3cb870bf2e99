/**
 * A model repository as the ONNX backend of the Triton inference server mounts it: NAME/config.pbtxt and NAME/1/model.onnx. Requests are
 * gathered into batches by the server.
 */
import type { ExportedPort, ModelExport } from './exported.js';
import { textFile } from './exported.js';
import { exportOnnx, onnxFile } from './onnx/export.js';
import type { ExportSubject } from './subject.js';

const mostRowsAtOnce = 256;

const types: ReadonlyMap<string, string> = new Map([
  ['float', 'TYPE_FP32'],
  ['double', 'TYPE_FP64'],
  ['uint8', 'TYPE_UINT8'],
  ['int64', 'TYPE_INT64'],
  ['string', 'TYPE_STRING'],
]);

export function exportServing(subject: ExportSubject, wanted: string): ModelExport {
  const { files, inputs = [], outputs = [], notes } = exportOnnx(subject);
  const name = folderName(wanted);
  const config = [
    `name: ${quoted(name)}`,
    'backend: "onnxruntime"',
    `max_batch_size: ${mostRowsAtOnce}`,
    portsText('input', inputs),
    portsText('output', outputs),
    'dynamic_batching { }',
    '',
  ].join('\n');
  const placed = files.map(({ path, bytes }) => ({ path: path === onnxFile ? `${name}/1/${path}` : `${name}/${path}`, bytes }));
  return {
    format: 'serving',
    files: [...placed, textFile(`${name}/config.pbtxt`, config)],
    inputs,
    outputs,
    notes: [`Mount the folder as a model repository of Triton; the model is called "${name}".`, ...notes],
  };
}

/** A folder of its own, of letters that every file system and address has. */
function folderName(wanted: string): string {
  const plain = wanted.normalize('NFKD').replaceAll(/[^\w.-]+/g, '-');
  return (
    plain
      .replace(/^[-.]+/, '')
      .replace(/-+$/, '')
      .slice(0, 100) || 'model'
  );
}

const portsText = (kind: string, ports: readonly ExportedPort[]): string =>
  `${kind} [\n${ports
    .map(({ name, type, shape }) => `  { name: ${quoted(name)}, data_type: ${types.get(type)}, dims: [ ${shape.slice(1).join(', ')} ] }`)
    .join(',\n')}\n]`;

/** A text of the text form of protocol buffers. */
const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\\n\r\t]/g, (character) => ({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[character] ?? '')}"`;
