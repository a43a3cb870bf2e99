/** A request to a model of another program as code to copy: its tensors by name, type and shape. What is too long to stand there is made by the code. */
import { pathOf, type ServedProtocol, type Target } from './address.js';
import { outsideAddress, quoted, type Snippet } from './snippets.js';

export interface SentTensor {
  name: string;
  shape: readonly number[];
  /** As Open Inference calls it. */
  datatype: string;
  /** What fills it to begin with. */
  zero: string | number | boolean;
  /** The same as nested lists. */
  nested: unknown;
}

/** Values of all tensors together that are written out. */
const mostWritten = 1_000;

const sizeOf = ({ shape }: SentTensor): number => shape.reduce((product, extent) => product * extent, 1);

export function tensorSnippetsOf(name: string, target: Target, tensors: readonly SentTensor[]): Snippet[] {
  const isShort = tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0) <= mostWritten;
  const inference = inferenceBody(tensors, isShort);
  const nested = JSON.stringify({ inputs: Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor.nested])) });
  const filled = isShort ? [] : tensors.map((tensor, index) => ({ tensor, at: index }));
  const serve = `npx benchwright serve ${name}.onnx   # the file itself`;
  const v2 = 'Open Inference V2';
  const snippets: Snippet[] = [
    { title: `fetch, in this origin, ${v2}`, code: byFetch(pathOf('inference', name, target), inference, filled) },
    { title: `curl, ${v2}`, code: `${serve}\n${byCurl(outsideAddress('inference', name), inference, filled)}` },
    { title: `Python, ${v2}`, code: byPython(outsideAddress('inference', name), inference, filled) },
  ];
  // TensorFlow Serving has no shapes beside its values, only lists within lists.
  if (!isShort) return snippets;
  const tensorflow: ServedProtocol = 'tensorflow';
  return [
    ...snippets,
    { title: 'fetch, in this origin, TensorFlow Serving', code: byFetch(pathOf(tensorflow, name, target), nested, []) },
    { title: 'curl, TensorFlow Serving', code: `${serve}\n${byCurl(outsideAddress(tensorflow, name), nested, [])}` },
    { title: 'Python, TensorFlow Serving', code: byPython(outsideAddress(tensorflow, name), nested, []) },
  ];
}

/** Whose values the code makes. */
type Filled = readonly { tensor: SentTensor; at: number }[];

/** @param isWhole with the values, row-major */
const inferenceBody = (tensors: readonly SentTensor[], isWhole: boolean): string =>
  JSON.stringify({
    inputs: tensors.map((tensor) => {
      const { name, shape, datatype, zero } = tensor;
      return { name, shape, datatype, data: isWhole ? new Array(sizeOf(tensor)).fill(zero) : [] };
    }),
  });

const fillings = (filled: Filled): string[] =>
  filled.map(({ tensor, at }) => `body.inputs[${at}].data = new Array(${sizeOf(tensor)}).fill(${JSON.stringify(tensor.zero)});`);

const byFetch = (path: string, body: string, filled: Filled): string =>
  [
    `const body = ${body};`,
    ...fillings(filled),
    `const response = await fetch('${path}', { method: 'POST', body: JSON.stringify(body) });`,
    'const { outputs } = await response.json();',
  ].join('\n');

/** A shell has no lists: Node writes long ones. */
function byCurl(address: string, body: string, filled: Filled): string {
  if (filled.length === 0) return `curl ${address} -d ${quoted(body)}`;
  const script = ['node -p ', quoted(`const body = ${body}; ${fillings(filled).join(' ')} JSON.stringify(body)`)].join('');
  return `${script} |\n  curl ${address} -d @-`;
}

const byPython = (address: string, body: string, filled: Filled): string =>
  [
    ...(filled.length > 0 ? ['import json', ''] : []),
    'import requests',
    '',
    ...(filled.length > 0 ? [`body = json.loads(r${quoted(body)})`] : []),
    ...filled.map(({ tensor, at }) => `body['inputs'][${at}]['data'] = [${pythonOf(tensor.zero)}] * ${sizeOf(tensor)}`),
    `answer = requests.post('${address}', ${filled.length > 0 ? 'json=body' : `data=r${quoted(body)}`})`,
    'answer.raise_for_status()',
    "print(answer.json()['outputs'])",
  ].join('\n');

const pythonOf = (zero: SentTensor['zero']): string => (typeof zero === 'boolean' ? (zero ? 'True' : 'False') : JSON.stringify(zero));
