/** A saved model as files of another format; each format is loaded when it is asked for. */
import { InputError } from '../../base/errors.js';
import { type ModelExport, type ModelFormat, modelFormats } from './exported.js';
import type { ExportSubject } from './subject.js';

/** @throws InputError `unknown-format`, `layer-not-exportable` or `target-not-exportable` */
export async function exportModel(subject: ExportSubject, format: ModelFormat): Promise<ModelExport> {
  switch (format) {
    case 'onnx':
      return (await import('./onnx/export.js')).exportOnnx(subject);
    case 'safetensors':
      return (await import('./safetensors.js')).exportSafetensors(subject);
    default:
      throw new InputError('unknown-format', `There is no format "${format}".`, { advice: `There is: ${modelFormats.join(', ')}.` });
  }
}
