/** The whole project in one file: out, and in again after a look at what that would do. */
import { consume } from '@lit/context';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Project, ProjectArrival } from '../../../storage/bundle/project.js';
import { jobsContext } from '../../contexts/jobs.js';
import { projectContext } from '../../contexts/services.js';
import { icon } from '../../elements/icon.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { bytes, counted } from '../../format.js';
import type { Jobs } from '../../jobs/jobs.js';
import { ProjectExportJob, ProjectImportJob } from '../../jobs/project-jobs.js';
import { Follow } from '../../observable.js';
import { panelStyles } from '../panel-styles.js';
import { chooseSink } from './project-sink.js';
import '../../elements/notice.js';
import '../../elements/progress-line.js';

@customElement('bw-project-card')
export class ProjectCard extends LitElement {
  static override styles = [
    ...panelStyles,
    css`
      .actions { display: flex; flex-wrap: wrap; gap: var(--space-2); }
      ul { margin: 0; padding-inline-start: var(--space-4); font-size: var(--size-2); max-block-size: 240px; overflow: auto; }
      li { overflow-wrap: anywhere; }
    `,
  ];

  @consume({ context: projectContext }) private readonly project!: Project;
  @consume({ context: jobsContext }) private readonly jobs!: Jobs;
  /** A file that has been looked at and waits for a yes. */
  @state() private waiting: { file: File; arrivals: ProjectArrival[] } | undefined;
  @state() private done = '';
  @state() private problem: unknown;

  constructor() {
    super();
    new Follow(this, () => this.jobs);
  }

  get #job(): ProjectExportJob | ProjectImportJob | undefined {
    return this.jobs.active.find((job) => job instanceof ProjectExportJob || job instanceof ProjectImportJob);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    this.done = '';
    try {
      await work();
    } catch (thrown) {
      this.problem = thrown;
    }
  }

  #export(): Promise<void> {
    return this.#try(async () => {
      const sink = await chooseSink(`benchwright-${new Date().toISOString().slice(0, 10)}.bench`);
      if (!sink) return;
      const { state: how, result, problem } = await this.jobs.run(new ProjectExportJob(this.project, sink));
      if (how === 'failed') throw problem;
      if (result) this.done = `Exported: ${counted(result.items.length, 'item')}, ${bytes(result.size)}.`;
    });
  }

  #look(file: File | undefined): Promise<void> {
    return this.#try(async () => {
      this.waiting = undefined;
      if (file) this.waiting = { file, arrivals: await this.project.inspect(file) };
    });
  }

  #import(file: File): Promise<void> {
    return this.#try(async () => {
      this.waiting = undefined;
      const { state: how, result, problem } = await this.jobs.run(new ProjectImportJob(this.project, file));
      if (how === 'failed') throw problem;
      if (how === 'cancelled') this.done = 'Cancelled: nothing was imported.';
      if (result) this.done = `Imported: ${inWords(result)}.`;
    });
  }

  override render() {
    const job = this.#job;
    return html`<section class="card" aria-labelledby="project"><h2 id="project">The whole project in one file</h2>
      <p class="small">A <code>.bench</code> file holds every table with its versions, run, model and saved pipeline, to keep elsewhere or open on another machine. Importing adds to what is here and overwrites nothing.</p>
      ${this.problem ? problemNotice(this.problem) : nothing}
      ${this.done ? html`<p role="status">${this.done}</p>` : nothing}
      ${job ? this.#running(job) : this.waiting ? this.#asking(this.waiting) : this.#idle()}
    </section>`;
  }

  #idle() {
    return html`<div class="actions">
      <button type="button" @click=${this.#export}>${icon('download')} Export the project</button>
      <label class="button">${icon('file')} Import a project…<input class="visually-hidden" type="file" accept=".bench" @change=${(
        event: Event,
      ) => {
        const input = event.target as HTMLInputElement;
        void this.#look(input.files?.[0]);
        input.value = '';
      }} /></label></div>`;
  }

  #running(job: ProjectExportJob | ProjectImportJob) {
    return html`<bw-progress-line .label=${job.title} .detail=${job.detail} .value=${job.progress} .secondsLeft=${job.secondsLeft}></bw-progress-line>
      <div><button type="button" @click=${() => job.cancel()}>Cancel</button></div>`;
  }

  #asking({ file, arrivals }: { file: File; arrivals: ProjectArrival[] }) {
    const coming = arrivals.filter(({ outcome }) => outcome !== 'there');
    return html`<p><b>${file.name}</b>, ${bytes(file.size)}: ${inWords(arrivals)}.</p>
      ${
        coming.length === 0
          ? nothing
          : html`<ul tabindex="0" aria-label="What will be added">${coming.map(
              ({ kind, name, bytes: size, outcome }) =>
                html`<li>${kind} “${name}”${size > 0 ? `, ${bytes(size)}` : ''}${outcome === 'beside' ? ', beside the one here, which differs' : outcome === 'versions' ? ': versions that the one here lacks' : ''}</li>`,
            )}</ul>`
      }
      <div class="actions"><button type="button" class="primary" @click=${() => this.#import(file)}>Import</button>
        <button type="button" @click=${() => {
          this.waiting = undefined;
        }}>Not now</button></div>`;
  }
}

function inWords(arrivals: readonly ProjectArrival[]): string {
  const number = (wanted: ProjectArrival['outcome']): number => arrivals.filter(({ outcome }) => outcome === wanted).length;
  const parts = [`${number('new')} new`];
  if (number('versions') > 0) parts.push(`${number('versions')} with more versions`);
  if (number('beside') > 0) parts.push(`${number('beside')} beside others that differ`);
  if (number('there') > 0) parts.push(`${number('there')} already here`);
  return parts.join(', ');
}
