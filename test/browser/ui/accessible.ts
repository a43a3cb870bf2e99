/** Holds an element to WCAG 2.2 AA by axe-core, in light and in dark: shadow roots included. */
import axe from 'axe-core';
import { expect } from 'vitest';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rules about whole pages, which an element on its own cannot follow. */
const ofPages = { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'heading-order': { enabled: false } };

const described = ({ violations }: axe.AxeResults): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary}`));

async function violations(element: Element): Promise<string[]> {
  return described(await axe.run(element, { runOnly: rules, rules: ofPages }));
}

/** An element that is still sliding or fading in would be measured halfway. */
function settle(): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY) animation.cancel();
    else animation.finish();
  }
}

/** @param face puts the element into the page: once for each scheme, since a change of scheme fades */
export async function expectAccessible(face: () => Promise<Element>): Promise<void> {
  try {
    for (const scheme of ['light', 'dark']) {
      document.documentElement.style.colorScheme = scheme;
      const element = await face();
      settle();
      expect(await violations(element), scheme).toEqual([]);
      element.parentElement?.remove();
    }
  } finally {
    document.documentElement.style.colorScheme = '';
  }
}

/** The whole app as it stands, with the bars at the window's edges let loose: what happens to be scrolled under one is no fault. */
export async function expectAccessiblePage(app: HTMLElement): Promise<void> {
  settle();
  const bars = [...(app.shadowRoot?.querySelectorAll<HTMLElement>('nav, bw-status-bar') ?? [])];
  for (const bar of bars) bar.style.position = 'static';
  const found = await axe.run(app, { runOnly: rules.filter((rule) => rule !== 'best-practice') });
  for (const bar of bars) bar.style.position = '';
  expect(described(found)).toEqual([]);
}
