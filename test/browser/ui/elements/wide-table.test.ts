/** A table that is wider than its place: what has the focus is in sight. */
import { afterEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../../../../src/ui/tokens.css';
import { tables } from '../../../../src/ui/styles/tables.js';

afterEach(() => document.body.replaceChildren());

test('a button of which a sliver was in sight is in sight when it has the focus', async () => {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tables.styleSheet as CSSStyleSheet];
  const region = document.createElement('div');
  region.className = 'scroll';
  region.tabIndex = 0;
  region.style.inlineSize = '310px';
  const line = document.createElement('div');
  line.style.cssText = 'inline-size: 600px; padding-inline-start: 305px';
  const button = document.createElement('button');
  button.style.inlineSize = '74px';
  line.append(button);
  region.append(line);
  root.append(region);
  document.body.append(host);
  region.focus();
  await userEvent.tab();
  expect(root.activeElement).toBe(button);
  await expect.poll(() => button.getBoundingClientRect().right).toBeLessThanOrEqual(region.getBoundingClientRect().right);
});
