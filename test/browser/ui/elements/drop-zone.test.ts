import { html } from 'lit';
import { expect, test } from 'vitest';
import type { Source } from '../../../../src/data/source.js';
import '../../../../src/ui/elements/drop-zone.js';
import { mount, nextEvent, within } from '../mount.js';

const file = new File(['a,b\n1,2\n'], 'table.csv', { type: 'text/csv' });

test('a dropped file is a source, and the browser does not open it instead', async () => {
  const zone = await mount(html`<bw-drop-zone></bw-drop-zone>`);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  const source = nextEvent<Source>(zone, 'bw-source');
  const drop = new DragEvent('drop', { dataTransfer, cancelable: true });
  within(zone, '.zone').dispatchEvent(drop);
  expect(await source).toMatchObject({ kind: 'file', name: 'table.csv' });
  expect(drop.defaultPrevented).toBe(true);
});

test('pasting is offered where it is wanted only', async () => {
  const zone = await mount(html`<bw-drop-zone></bw-drop-zone>`);
  expect(zone.shadowRoot?.textContent).not.toContain('Paste');
});
