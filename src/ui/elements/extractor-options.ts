/** What reads the pictures of the preset `transfer`: which network, up to which of its layers, and what pixels one of another program was trained with. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ExtractorSpec, TrainingSpec } from '../../spec/training.js';

export interface OfferedExtractor {
  /** What a spec calls it; empty for the one that comes with Benchwright. */
  model: string;
  title: string;
  /** In order. Of another program's they are known only once its file is read: one is written by hand then. */
  layers?: readonly { output: string | number; title: string }[];
  /** Which layer is taken where none is chosen. */
  otherwise: string;
}

export type ExtractorField = keyof ExtractorSpec;

/** Why an extractor was refused, and which of its fields is to blame. */
export interface ExtractorRefusal {
  field: ExtractorField;
  words: string;
}

/** What the form calls a field. */
export const extractorControl = (field: ExtractorField): string => `extractor-${field}`;

const number = String.raw`\d{1,6}(\.\d{1,9})?`;
const upToFour = (one: string): string => String.raw`\s*${one}([,;\s]\s*${one}){0,3}\s*`;
const perChannel = [
  { field: 'mean', title: 'Mean of each channel', pattern: upToFour(`-?${number}`), otherwise: '0', example: '0.485, 0.456, 0.406' },
  { field: 'deviation', title: 'Deviation of each channel', pattern: upToFour(number), otherwise: '1', example: '0.229, 0.224, 0.225' },
] as const;

/** @param change is told the `model` of the one that is chosen, whatever was changed */
export function extractorOptions(
  offered: readonly OfferedExtractor[],
  chosen: OfferedExtractor,
  refused: ExtractorRefusal | undefined,
  change: (model: string) => void,
): TemplateResult {
  const option = ({ model, title }: OfferedExtractor) => html`<option value=${model} ?selected=${model === chosen.model}>${title}</option>`;
  const foreign = offered.filter(({ layers }) => layers === undefined);
  const changed = ({ currentTarget }: Event) => {
    const select = (currentTarget as HTMLFieldSetElement).elements.namedItem(extractorControl('model'));
    change((select as HTMLSelectElement).value);
  };
  return html`<fieldset class="options" @input=${changed}><legend>What reads the pictures</legend>
    <label>Extractor<select name=${extractorControl('model')} aria-invalid=${isWrong('model', refused)} aria-describedby=${why('model', refused)}>${offered.filter(({ layers }) => layers !== undefined).map(option)}
        ${foreign.length > 0 ? html`<optgroup label="Of other programs">${foreign.map(option)}</optgroup>` : nothing}</select>
      <span class="hint">It stays as it is; what it finds in a picture is learnt from.</span></label>
    ${keyed(chosen.model, html`${layerOption(chosen, refused)}${chosen.layers ? nothing : perChannel.map((channel) => channelOption(channel, refused))}`)}
    ${refused ? html`<p class="hint bad whole" id="refused-extractor" role="alert">${refused.words}</p>` : nothing}
  </fieldset>`;
}

const isWrong = (field: ExtractorField, refused: ExtractorRefusal | undefined) => (refused?.field === field ? 'true' : nothing);
const why = (field: ExtractorField, refused: ExtractorRefusal | undefined) => (refused?.field === field ? 'refused-extractor' : nothing);

function layerOption({ layers, otherwise }: OfferedExtractor, refused: ExtractorRefusal | undefined) {
  if (layers && layers.length < 2) return nothing;
  const name = extractorControl('output');
  const [wrong, described] = [isWrong('output', refused), why('output', refused)];
  return layers
    ? html`<label>Up to layer<select name=${name} aria-invalid=${wrong} aria-describedby=${described}><option value="">${otherwise}</option>${layers.map(({ output, title }) => html`<option value=${output}>${title}</option>`)}</select>
      <span class="hint">Earlier ones see strokes, later ones whole things.</span></label>`
    : html`<label>Up to layer<input name=${name} maxlength="64" autocomplete="off" placeholder=${otherwise} aria-invalid=${wrong} aria-describedby=${described} />
      <span class="hint">Its number from 1, or its name.</span></label>`;
}

const channelOption = (
  { field, title, pattern, otherwise, example }: (typeof perChannel)[number],
  refused: ExtractorRefusal | undefined,
) => html`<label>${title}<input name=${extractorControl(field)} inputmode="decimal" autocomplete="off" pattern=${pattern} title="One number for each channel, with commas between them" placeholder=${otherwise}
  aria-invalid=${isWrong(field, refused)} aria-describedby=${why(field, refused)} /><span class="hint">Of pixels from 0 to 1, as in its training, such as ${example}.</span></label>`;

/** What was chosen; nothing where the preset has no extractor, or all is left as it is. */
export function readExtractor(data: FormData): Pick<TrainingSpec, 'extractor'> {
  const text = (field: ExtractorField): string => String(data.get(extractorControl(field)) ?? '').trim();
  const numbers = (field: ExtractorField): number[] =>
    text(field)
      .split(/[,;\s]+/)
      .filter((part) => part !== '')
      .map(Number);
  const [model, output, mean, deviation] = [text('model'), text('output'), numbers('mean'), numbers('deviation')];
  const extractor: ExtractorSpec = {
    ...(model === '' ? {} : { model }),
    ...(output === '' ? {} : { output: /^\d+$/.test(output) ? Number(output) : output }),
    ...(mean.length > 0 ? { mean } : {}),
    ...(deviation.length > 0 ? { deviation } : {}),
  };
  return Object.keys(extractor).length > 0 ? { extractor } : {};
}
