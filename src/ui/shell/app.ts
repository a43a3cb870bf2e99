/** The app's frame: navigation, the panel of the address, the status bar, short messages. Opens the workbench. */
import { ContextProvider } from '@lit/context';
import { html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { holdUpdates, offline } from '../../host/browser/offline.js';
import { jobsContext } from '../contexts/jobs.js';
import { Preferences, preferencesContext } from '../contexts/preferences.js';
import { Toasts, toastsContext } from '../contexts/toasts.js';
import { type IconName, icon } from '../elements/icon.js';
import { problemNotice } from '../elements/problem-notice.js';
import { Jobs } from '../jobs/jobs.js';
import { Follow } from '../observable.js';
import { describeProblem } from '../problem.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import type { Toast } from '../toast.js';
import { appStyles } from './app-styles.js';
import { openWorkbench } from './open-workbench.js';
import { provideServices } from './providers.js';
import '../elements/toast-list.js';
import './outlet.js';
import './status-bar.js';

const sections: readonly { route: string; title: string; icon: IconName }[] = [
  { route: '#/', title: 'Data', icon: 'data' },
  { route: '#/train', title: 'Train', icon: 'train' },
  { route: '#/models', title: 'Models', icon: 'models' },
  { route: '#/serve', title: 'Serve', icon: 'serve' },
  { route: '#/experiments', title: 'Experiments', icon: 'experiments' },
  { route: '#/settings', title: 'Settings', icon: 'settings' },
];

/** A file dropped beside a drop zone is not opened in place of the app, and of what runs in it. */
function keepHere(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}

@customElement('bw-app')
export class App extends LitElement {
  static override styles = [base, controls, appStyles];

  readonly #jobs = new Jobs(holdUpdates, () => import('../keep-for-good.js').then(({ keepForGood }) => keepForGood()));
  readonly #toasts = new Toasts();
  @state() private section = '#/';
  @state() private open = false;
  @state() private problem: unknown;
  /** Why nothing is kept, where nothing is. */
  @state() private forgetful: unknown;

  constructor() {
    super();
    new ContextProvider(this, { context: jobsContext, initialValue: this.#jobs });
    new ContextProvider(this, { context: toastsContext, initialValue: this.#toasts });
    new ContextProvider(this, { context: preferencesContext, initialValue: new Preferences() });
    new Follow(this, () => this.#jobs);
    new Follow(this, () => this.#toasts);
    for (const type of ['dragover', 'drop'] as const) addEventListener(type, keepHere);
    this.addEventListener('bw-section', (event) => {
      this.section = (event as CustomEvent<string>).detail;
    });
  }

  protected override firstUpdated(): void {
    void this.#open();
  }

  async #open(): Promise<void> {
    this.problem = undefined;
    try {
      const { workbench, forgetful } = await openWorkbench();
      provideServices(this, workbench);
      this.forgetful = forgetful;
      this.open = true;
      // Nothing that is kept, nothing that is deployed.
      if (forgetful === undefined) void import('../../host/browser/serving/lead.js').then(({ leadServing }) => leadServing(workbench));
    } catch (thrown) {
      this.problem = thrown;
    }
    // Keeping the application for offline use waits until the first screen can be used.
    if (import.meta.env.PROD) void offline.start();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  }

  override render() {
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      <nav aria-label="Workbench">
        <a class="brand" href="#/" aria-label="Benchwright, start">${icon('mark')}<span>Benchwright</span></a>
        ${sections.map(({ route, title, icon: name }) => html`<a class="section" href=${route} aria-current=${route === this.section ? 'page' : 'false'}>${icon(name)}<span>${title}</span>${route === '#/train' ? this.#running() : ''}</a>`)}
      </nav>
      <main id="main" tabindex="-1">${this.#content()}</main>
      <bw-status-bar .open=${this.open}></bw-status-bar>
      <bw-toast-list .toasts=${this.#toasts.shown}
        @bw-hold=${(event: CustomEvent<boolean>) => this.#toasts.hold(event.detail)}
        @bw-act=${(event: CustomEvent<Toast>) => this.#toasts.act(event.detail)}
        @bw-dismiss=${(event: CustomEvent<number>) => this.#toasts.dismiss(event.detail)}></bw-toast-list>`;
  }

  #running() {
    const running = this.#jobs.runningTrainings;
    return running > 0 ? html`<small>${running}<span class="visually-hidden"> running</span></small>` : '';
  }

  #content() {
    if (this.problem) return problemNotice(this.problem, html`<button type="button" @click=${this.#open}>Try again</button>`);
    if (this.open && this.forgetful)
      return html`<bw-notice class="forgetful" tone="warn" message="Nothing is kept here: what you bring and train is gone when this page is closed." .advice=${`${describeProblem(this.forgetful).message} Everything works meanwhile; export the project in the settings to keep it. ${describeProblem(this.forgetful).advice}`}></bw-notice><bw-outlet></bw-outlet>`;
    return this.open ? html`<bw-outlet></bw-outlet>` : html`<p class="opening" role="status">Opening the workbench…</p>`;
  }
}
