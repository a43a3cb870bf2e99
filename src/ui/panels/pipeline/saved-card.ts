/** Pipelines kept under a name, and their exchange as JSON files. */
import { html, nothing, type TemplateResult } from 'lit';
import { InputError } from '../../../base/errors.js';
import { PipelineSpec } from '../../../spec/pipeline-spec.js';
import type { SavedPipeline } from '../../../spec/saved-pipeline.js';
import { validate } from '../../../spec/validate.js';
import { icon } from '../../elements/icon.js';
import { moment } from '../../format.js';

export interface SavedCard {
  saved: readonly SavedPipeline[];
  empty: boolean;
  use: (pipeline: SavedPipeline) => void;
  remove: (pipeline: SavedPipeline) => void;
  save: (name: string) => void;
  exported: () => void;
  imported: (file: File) => void;
}

export function savedCard({ saved, empty, use, remove, save, exported, imported }: SavedCard): TemplateResult {
  return html`<section class="card" aria-labelledby="saved"><h2 id="saved">Saved pipelines</h2>
    ${
      saved.length === 0
        ? html`<p class="small soft">None yet. A saved pipeline can be used for other tables with the same columns.</p>`
        : html`<ul class="stack">${saved.map(
            (each) => html`<li class="row between"><button type="button" class="link" @click=${() => use(each)}>${each.name}</button>
      <span class="row"><span class="hint">${moment(each.created)}</span><button type="button" class="quiet icon-only" aria-label="Delete ${each.name}" @click=${() => remove(each)}>${icon('remove')}</button></span></li>`,
          )}</ul>`
    }
    <form class="stack" @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      save(String(new FormData(form).get('name') ?? ''));
      form.reset();
    }}><label>Save this one as<input name="name" required maxlength="200" autocomplete="off" ?disabled=${empty} /></label>
      ${empty ? html`<p class="hint">Nothing is chosen yet: there is nothing to save.</p>` : nothing}
      <div class="row"><button ?disabled=${empty}>Save</button>
        <button type="button" class="quiet" ?disabled=${empty} @click=${exported}>${icon('download')} Export</button>
        <label class="button quiet import">${icon('file')} Import<input class="visually-hidden" type="file" accept=".json,application/json" @change=${(
          event: Event,
        ) => {
          const input = event.target as HTMLInputElement;
          if (input.files?.[0]) imported(input.files[0]);
          input.value = '';
        }} /></label></div></form>
  </section>`;
}

const largestFile = 4 * 2 ** 20;

/** @throws InputError `invalid-json`, `file-too-large` or `invalid-pipeline-spec`, naming the file */
export async function readPipelineFile(file: File): Promise<PipelineSpec> {
  const place = { file: file.name };
  if (file.size > largestFile) {
    throw new InputError('file-too-large', `"${file.name}" is too large for a pipeline.`, {
      advice: 'Choose a file that was exported here.',
      place,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch (cause) {
    throw new InputError('invalid-json', `"${file.name}" is not JSON.`, { advice: 'Choose a file that was exported here.', cause, place });
  }
  return validate(PipelineSpec, value, 'pipeline-spec');
}
