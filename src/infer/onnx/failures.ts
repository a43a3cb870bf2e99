/** What onnxruntime says when it cannot run a file, in words that name the operator. */
import { InputError } from '../../base/errors.js';
import type { Inspection, TensorSpec } from '../../spec/tensor-model.js';

/** "Could not find an implementation for Foo(13) node with name 'x'", and those of a graph that says what it runs on. */
const noKernel =
  /Could not find an implementation for (?:(?<domain>[\w.]+):)?(?<name>\w+)\((?<version>-?\d+)\)(?: node with name '(?<node>[^']*)')?/;
/** "com.example:Foo(-1) is not a registered function/op". */
const notRegistered = /(?<domain>[\w.-]*):(?<name>\w+)\((?<version>-?\d+)\) is not a registered function\/op/;
/** "No Op registered for Foo with domain_version of 30". */
const noSchema = /No Op registered for (?<name>\w+) with domain_version of (?<version>\d+)/;

/** @param thrown by opening or running a session */
export function runtimeFailure(thrown: unknown, doing: 'opened' | 'run', { operators, opsets }: Inspection): InputError {
  const said = messageOf(thrown);
  const found = [noKernel, notRegistered, noSchema].map((form) => form.exec(said)?.groups).find((groups) => groups);
  if (found) {
    const { name } = found;
    const domain = domainOf(found.domain ?? operators.find((each) => each.name === name)?.domain);
    const version = opsets.find((each) => domainOf(each.domain) === domain)?.version;
    const where = found.node ? ` (node "${found.node.slice(0, 200)}")` : '';
    const called = `${name}" of ${domain}${version === undefined ? '' : ` ${version}`}`;
    return new InputError(
      'unsupported-operator',
      `The model cannot be ${doing}: the operator "${called} cannot be computed with its types here${where}.`,
      {
        advice: 'Export the model with another set of operators, or without this one.',
        place: { operator: name, domain, ...(version === undefined ? {} : { opset: version }) },
        cause: thrown,
      },
    );
  }
  const among = doing === 'opened' ? ` Its operators are ${namesOf(operators)}.` : '';
  return new InputError(doing === 'opened' ? 'model-not-runnable' : 'run-failed', `The model cannot be ${doing}: ${said}${among}`, {
    advice: doing === 'opened' ? 'Check the file with the program that wrote it.' : 'Give inputs that go with one another.',
    cause: thrown,
  });
}

const mostNamed = 10;

const namesOf = (operators: Inspection['operators']): string =>
  operators
    .slice(0, mostNamed)
    .map(({ name }) => name)
    .join(', ') + (operators.length > mostNamed ? ` and ${operators.length - mostNamed} others` : '');

const domainOf = (domain = ''): string => domain || 'ai.onnx';

/** Lines of its own sources, and the functions in them. */
const ownPlaces = /(?:\/|[A-Z]:\\)\S+\.(?:cc|h|hpp)(?::\d+)? (?:\S.*?\) (?:const )?(?:\[.*?\] )?)?/g;

/** Without the runtime's own frame. Some failures are numbers: an exception that was not caught inside. */
function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `onnxruntime failed (${String(thrown).slice(0, 100)}).`;
  const said = /ERROR_MESSAGE: "?(?<said>[\s\S]*?)"?$/.exec(thrown.message)?.groups?.said ?? thrown.message;
  const short = said.replace(ownPlaces, '').slice(0, 600).trim();
  return /[.!]$/.test(short) ? short : `${short}.`;
}

/** @throws InputError `unsupported-tensor` naming the first input or output that is none */
export function requireTensors(role: 'input' | 'output', specs: readonly TensorSpec[], canBe: (type: string) => boolean): void {
  const odd = specs.find(({ type }) => !canBe(type));
  if (!odd) return;
  throw new InputError(
    'unsupported-tensor',
    `The ${role} "${odd.name}" is of type ${odd.type}, which cannot be ${role === 'input' ? 'given' : 'answered'}.`,
    {
      advice: 'Export the model with tensors of numbers, texts or booleans as inputs and outputs.',
      place: { tensor: odd.name, type: odd.type },
    },
  );
}
