/** The layers as JSON text: to copy, to take along as a file, to paste and to read from one. */
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';

export interface JsonCard {
  text: string;
  /** Whether it is not what the layers are, but what was pasted. */
  pasted: boolean;
  problem: unknown;
  /** Where the schema is served. */
  schema: string;
  edit: (text: string) => void;
  use: () => void;
  reset: () => void;
  copy: () => void;
  save: () => void;
  open: (file: File) => void;
}

export const jsonCard = ({ text, pasted, problem, schema, edit, use, reset, copy, save, open }: JsonCard): TemplateResult =>
  html`<section class="card" aria-labelledby="json"><h2 id="json">As JSON</h2>
    <p class="small soft">What <code>benchwright train --spec FILE</code> takes. Its <a href=${schema}>schema</a> helps editors of files.</p>
    <label>Layers as text<textarea rows="10" spellcheck="false" .value=${live(text)} @input=${(event: Event) => edit((event.target as HTMLTextAreaElement).value)}></textarea></label>
    ${problem === undefined ? nothing : problemNotice(problem)}
    <div class="row"><button type="button" ?disabled=${!pasted} @click=${use}>Use this text</button>
      ${pasted ? html`<button type="button" class="quiet" @click=${reset}>Put back</button>` : nothing}
      <button type="button" class="quiet" @click=${copy}>Copy</button>
      <button type="button" class="quiet" @click=${save}>${icon('download')} Export</button>
      <label class="button quiet import">${icon('file')} Import<input class="visually-hidden" type="file" accept=".json,application/json" @change=${(
        event: Event,
      ) => {
        const input = event.target as HTMLInputElement;
        if (input.files?.[0]) open(input.files[0]);
        input.value = '';
      }} /></label></div></section>`;
