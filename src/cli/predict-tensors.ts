/** `benchwright predict` with a model of another program: a file of tensors in, its outputs out. */
import { InputError } from '../base/errors.js';
import { jsonOfTensor, tensorsOfJson } from '../infer/tensors/json.js';
import type { TensorModelRecord } from '../spec/tensor-model.js';
import type { TensorsAnswer } from './answers.js';
import type { Context, Given } from './command.js';
import { named, readJsonObject } from './json-file.js';
import type { OpenModel } from './model-folder.js';
import { wholeFile } from './whole-file.js';

const purpose = { option: 'DATA', schema: 'the guide', invalid: 'wrong-input' } as const;

/** @throws InputError naming the file, and the tensor that does not fit */
export async function predictTensors(
  { model, services }: OpenModel<TensorModelRecord>,
  { positionals: [, data], options }: Given,
  { output, signal }: Context,
): Promise<void> {
  if (options.has('horizon')) {
    throw new InputError('takes-tensors', '--horizon is for forecasts, and the model is one of another program.', {
      advice: 'Leave it out.',
      place: { option: '--horizon' },
    });
  }
  const given = await readJsonObject(data, purpose);
  const tensors = named(data, () => tensorsOfJson(model.inputs, given));
  const { outputs, provider, reason } = await services.tensorModels.run(model.id, tensors, { signal });
  const answer: TensorsAnswer = {
    provider,
    reason,
    outputs: outputs.map((tensor) => ({ name: tensor.name, type: tensor.type, shape: [...tensor.shape], data: jsonOfTensor(tensor) })),
  };
  const out = options.get('out');
  const text = `${JSON.stringify(Object.fromEntries(answer.outputs.map(({ name, data: values }) => [name, values])))}\n`;
  if (out === undefined) return output.json ? await output.answer(answer, '') : await output.write(text);
  await wholeFile(out, piece(text));
  await output.answer({ ...answer, out }, `${outputs.length === 1 ? 'One tensor' : `${outputs.length} tensors`} written to ${out}`);
}

async function* piece(text: string): AsyncGenerator<string, number> {
  yield text;
  return 1;
}
