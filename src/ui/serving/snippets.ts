/** A request as code to copy. Programs outside the browser ask `benchwright serve`, which answers the same. */
import { pathOf, type ServedProtocol, type Target } from './address.js';

export interface Question {
  name: string;
  target: Target;
  /** Of each protocol, as compact JSON: rows by their columns. */
  bodies: Record<ServedProtocol, string>;
}

export interface Snippet {
  title: string;
  code: string;
}

const server = 'http://localhost:8501';

/** A server that was started with one file has its version 1 alone. */
export const outsideAddress = (protocol: ServedProtocol, name: string): string => `${server}/${pathOf(protocol, name, { kind: 'newest' })}`;

/** Quotes of shells and Python cannot be closed by what stands in a JSON text. */
export const quoted = (body: string): string => `'${body.replaceAll("'", '\\u0027')}'`;

export function snippetsOf({ name, target, bodies }: Question): Snippet[] {
  const path = pathOf('tensorflow', name, target);
  const outside = (protocol: ServedProtocol): string => outsideAddress(protocol, name);
  const python = (protocol: ServedProtocol): string =>
    [
      'import requests',
      '',
      `answer = requests.post('${outside(protocol)}', data=r${quoted(bodies[protocol])})`,
      'answer.raise_for_status()',
      protocol === 'tensorflow' ? "print(answer.json()['predictions'])" : "print(answer.json()['outputs'])",
    ].join('\n');
  return [
    {
      title: 'fetch, in this origin',
      code: [
        `const response = await fetch('${path}', {`,
        "  method: 'POST',",
        `  body: JSON.stringify(${bodies.tensorflow}),`,
        '});',
        'const { predictions } = await response.json();',
      ].join('\n'),
    },
    {
      title: 'curl',
      code: [
        `npx benchwright serve ${name}.safetensors   # the model, downloaded`,
        `curl ${outside('tensorflow')} -d ${quoted(bodies.tensorflow)}`,
      ].join('\n'),
    },
    { title: 'Python, TensorFlow Serving', code: python('tensorflow') },
    { title: 'Python, Open Inference V2', code: python('inference') },
  ];
}

/** After an answer, as `fetch` gave it. */
export const outcomeSnippet = (name: string): string =>
  [
    "const id = response.headers.get('x-benchwright-prediction');",
    `await fetch('benchwright/models/${name}/outcomes', {`,
    "  method: 'POST',",
    "  body: JSON.stringify({ outcomes: [{ id, event: 'bought', value: 12.5 }] }),",
    '});',
  ].join('\n');
