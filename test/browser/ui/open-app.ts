/** The whole app in the test's page, with its real workers and a store that begins empty. */
import { html } from 'lit';
import { eraseEverything } from '../../../src/host/browser/erase.js';
import '../../../src/ui/shell/main.js';
import { mount } from './mount.js';

/** The built-in tables lie beside the page, which in this lane is not at the root. Its links would leave the test, so it goes. */
export async function openApp(): Promise<HTMLElement> {
  await eraseEverything();
  location.hash = '#/';
  const base = Object.assign(document.createElement('base'), { href: '/' });
  document.head.append(base);
  const app = await mount<HTMLElement>(html`<bw-app></bw-app>`);
  while (!app.shadowRoot?.querySelector('bw-outlet')) await new Promise((resolve) => setTimeout(resolve, 20));
  base.remove();
  return app;
}
