/** A run once more: what the trainer is asked for, and the command that does the same elsewhere. */
import type { DatasetRecord } from '../../spec/dataset.js';
import type { RunRecord } from '../../spec/run.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { TrainingRequest } from '../../train/trainer.js';

/** With everything that decides its digits: the seed, and the device that it was trained on. */
export const exactSpec = ({ spec, seed, device }: RunRecord): TrainingSpec => ({ ...spec, seed, device: device.device });

/** On the very version of the data, whichever is in use now. */
export function requestOf(run: RunRecord): TrainingRequest {
  const { dataset, testDataset, name } = run;
  return {
    dataset: dataset.id,
    version: dataset.hash,
    spec: exactSpec(run),
    name,
    ...(testDataset === undefined ? {} : { testDataset }),
  };
}

/** For a shell of POSIX: nothing in single quotes means anything but itself. */
const quoted = (text: string): string => (/^[A-Za-z0-9_./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** A device of the page that Node has not: there it is measured anew, and the digits are another device's. */
const inNode = ({ device, ...spec }: TrainingSpec): TrainingSpec =>
  device === 'webgpu' || device === 'webgl' ? spec : { device, ...spec };

/**
 * One line to paste: the spec into a file, then the training.
 * @param dataset where its rows came from; a file is called as it was, for whoever has it
 */
export function commandOf(run: RunRecord, dataset: Pick<DatasetRecord, 'origin'> | undefined): string {
  const spec = JSON.stringify(inNode(exactSpec(run)));
  const short = run.id.slice(0, 8);
  const data = dataset?.origin.kind === 'builtin' ? `builtin:${dataset.origin.name}` : (dataset?.origin.name ?? run.dataset.name);
  // As with data, a file is called as what was made of it: whoever has it knows where it is.
  const extractor =
    run.spec.extractor?.model === undefined ? '' : ` --extractor ${quoted(run.extractor?.name ?? run.spec.extractor.model)}`;
  return `printf '%s' ${quoted(spec)} > spec-${short}.json && npx benchwright train ${quoted(data)} --spec spec-${short}.json${extractor} --out run-${short}`;
}
