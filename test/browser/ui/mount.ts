/** Puts a template into the page with the app's tokens, as the app would, and takes it away after the test. */
import { html, render, type TemplateResult } from 'lit';
import { afterEach } from 'vitest';
import '../../../src/ui/tokens.css';

const places: HTMLElement[] = [];

afterEach(() => {
  for (const place of places.splice(0)) {
    render(html``, place);
    place.remove();
  }
});

/** Answers the first element of the template, once it has drawn itself. */
export async function mount<Mounted extends HTMLElement>(template: TemplateResult): Promise<Mounted> {
  const place = document.createElement('main');
  document.body.append(place);
  places.push(place);
  render(template, place);
  const element = place.firstElementChild as Mounted & { updateComplete?: Promise<boolean> };
  await element.updateComplete;
  return element;
}

/** What is found in the element's shadow root; fails where it is not there. */
export function within<Found extends Element = HTMLElement>(host: Element, selector: string): Found {
  const found = host.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`There is no "${selector}" in <${host.localName}>.`);
  return found;
}

/** The detail of the next event of that name. */
export const nextEvent = <Detail>(from: EventTarget, name: string): Promise<Detail> =>
  new Promise((resolve) => {
    from.addEventListener(name, (event) => resolve((event as CustomEvent<Detail>).detail), { once: true });
  });
