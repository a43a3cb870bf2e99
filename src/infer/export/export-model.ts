/** A saved model as files of another format; each format is loaded when it is asked for. */
import { InputError } from '../../base/errors.js';
import type { CardSubject } from './card/contents.js';
import { type ExportOptions, type ModelExport, type ModelFormat, modelFormats, textFile } from './exported.js';

/** @throws InputError `unknown-format`, `layer-not-exportable` or `target-not-exportable` */
export async function exportModel(subject: CardSubject, format: ModelFormat, { name, zip }: ExportOptions = {}): Promise<ModelExport> {
  const exported = await written(subject, format, name);
  if (!zip || exported.files.length === 1) return exported;
  return { ...exported, files: [(await import('./zip.js')).zipped(exported.files)] };
}

async function written(subject: CardSubject, format: ModelFormat, name: string | undefined): Promise<ModelExport> {
  switch (format) {
    case 'onnx':
      return (await import('./onnx/export.js')).exportOnnx(subject);
    case 'safetensors':
      return (await import('./safetensors.js')).exportSafetensors(subject);
    case 'tfjs':
      return (await import('./tfjs/export.js')).exportTfjs(subject);
    case 'serving':
      return (await import('./serving.js')).exportServing(subject, name ?? subject.record.name);
    case 'card':
    case 'card-html':
      return card(subject, format);
    default:
      throw new InputError('unknown-format', `There is no format "${String(format).slice(0, 40)}".`, {
        advice: `There is: ${modelFormats.join(', ')}.`,
      });
  }
}

async function card(subject: CardSubject, format: 'card' | 'card-html'): Promise<ModelExport> {
  const { cardContents } = await import('./card/contents.js');
  const contents = cardContents(subject);
  const file =
    format === 'card'
      ? textFile('model-card.md', (await import('./card/markdown.js')).cardMarkdown(contents))
      : textFile('model-card.html', (await import('./card/html.js')).cardHtml(contents));
  const notes = subject.run ? [] : ['The run is no longer kept: the card says nothing of rows, epochs, baseline and linear model.'];
  return { format, files: [file], notes };
}
