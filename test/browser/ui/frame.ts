/** A panel or card on its own, with the services that its test gives it; those that it does not give are missing. */
import { type Context, ContextProvider } from '@lit/context';
import { html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { jobsContext } from '../../../src/ui/contexts/jobs.js';
import { Preferences, preferencesContext } from '../../../src/ui/contexts/preferences.js';
import { storageContext } from '../../../src/ui/contexts/storage.js';
import { Toasts, toastsContext } from '../../../src/ui/contexts/toasts.js';
import { Jobs } from '../../../src/ui/jobs/jobs.js';
import { mount } from './mount.js';

type Given = readonly [context: Context<unknown, unknown>, value: unknown][];

class Frame extends LitElement {
  @property({ attribute: false }) content: TemplateResult = html``;
  readonly jobs = new Jobs(() => () => undefined);
  readonly toasts = new Toasts();

  /** The first that provides something is asked. */
  give(given: Given): void {
    const quiet = { usage: () => new Promise(() => undefined), watch: () => () => undefined };
    const own: Given = [
      [jobsContext, this.jobs],
      [toastsContext, this.toasts],
      [preferencesContext, new Preferences()],
      [storageContext, quiet],
    ];
    for (const [context, initialValue] of [...given, ...own]) new ContextProvider(this, { context, initialValue });
  }

  override render() {
    return this.content;
  }
}
customElements.define('test-frame', Frame);

/** @param services by their contexts */
export async function framed(content: TemplateResult, services: Given = []): Promise<Frame> {
  const frame = new Frame();
  frame.give(services);
  frame.content = content;
  return mount<Frame>(html`${frame}`);
}
