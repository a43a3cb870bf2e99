/** Where a data set is: an address, or a folder of this machine; and a key where its store wants one. Says `bw-lake-open`. */
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { LakeAccess, LakeSource } from '../../../data/lake/lake.js';
import { emit } from '../../events.js';
import { base } from '../../styles/base.js';
import { controls } from '../../styles/controls.js';
import { layout } from '../../styles/layout.js';

export interface LakeOpening {
  source: LakeSource;
  access: LakeAccess;
}

@customElement('bw-lake-form')
export class LakeForm extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      form { display: grid; gap: var(--space-3); }
      .address { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2); align-items: end; }
      .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: var(--space-3); padding-block: var(--space-2); }
      @media (max-width: 560px) { .address { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @property({ type: Boolean }) disabled = false;
  @query('form') private readonly form!: HTMLFormElement;
  @query('input[webkitdirectory]') private readonly folder!: HTMLInputElement;
  @state() private missing = false;

  #open(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(this.form);
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const address = text('address');
    this.missing = address === '';
    if (this.missing) {
      this.form.querySelector<HTMLInputElement>('[name=address]')?.focus();
      return;
    }
    const names = ['accessKeyId', 'secretAccessKey', 'sessionToken', 'region', 'endpoint'] as const;
    const access: LakeAccess = Object.fromEntries(names.map((name) => [name, text(name)]).filter(([, value]) => value !== ''));
    emit<LakeOpening>(this, 'bw-lake-open', { source: { kind: 'address', address }, access });
  }

  #folder(): void {
    const files = [...(this.folder.files ?? [])];
    this.folder.value = '';
    if (files.length === 0) return;
    const [name] = files[0].webkitRelativePath.split('/');
    const inFolder = files.map((file) => ({ path: file.webkitRelativePath.slice(name.length + 1) || file.name, file }));
    emit<LakeOpening>(this, 'bw-lake-open', { source: { kind: 'files', name: name || 'Folder', files: inFolder }, access: {} });
  }

  override render() {
    return html`<form novalidate @submit=${this.#open}>
      <div class="address">
        <label>Address<input name="address" inputmode="url" autocomplete="off" spellcheck="false" placeholder="s3://bucket/prefix or https://…/data.parquet" ?disabled=${this.disabled}
          aria-invalid=${this.missing} aria-describedby="address-hint" /></label>
        <div class="row"><button class="primary" ?disabled=${this.disabled}>Open</button>
        <button type="button" ?disabled=${this.disabled} @click=${() => this.folder.click()}>Choose a folder</button></div>
      </div>
      <p id="address-hint" class="hint ${this.missing ? 'bad' : ''}">${
        this.missing
          ? 'Give an address first.'
          : 'One Parquet file, or a prefix that ends with a slash. Folders named key=value become columns. The other site must allow this page to read it (CORS).'
      }</p>
      <details><summary>A key for a store that is not public</summary>
        <p class="hint">Used for this visit only and kept nowhere. It is sent to no other site than that of the address.</p>
        <div class="fields">
          <label>Access key ID<input name="accessKeyId" autocomplete="off" spellcheck="false" ?disabled=${this.disabled} /></label>
          <label>Secret access key<input name="secretAccessKey" type="password" autocomplete="off" ?disabled=${this.disabled} /></label>
          <label>Session token, if there is one<input name="sessionToken" type="password" autocomplete="off" ?disabled=${this.disabled} /></label>
          <label>Region<input name="region" autocomplete="off" spellcheck="false" placeholder="us-east-1" ?disabled=${this.disabled} /></label>
          <label>Endpoint, if it is not Amazon’s<input name="endpoint" inputmode="url" autocomplete="off" spellcheck="false" placeholder="https://minio.example.org" ?disabled=${this.disabled} /></label>
        </div>
      </details>
      <input type="file" hidden webkitdirectory aria-label="A folder of Parquet files" @change=${this.#folder} />
    </form>`;
  }
}
