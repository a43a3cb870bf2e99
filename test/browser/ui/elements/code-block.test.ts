import { html } from 'lit';
import { expect, test } from 'vitest';
import '../../../../src/ui/elements/code-block.js';
import { mount, within } from '../mount.js';

test('a code block shows its code as text and says that it was copied', async () => {
  const block = await mount(html`<bw-code-block label="curl" .code=${'<b>curl</b>\n  -d x'}></bw-code-block>`);
  expect(within(block, 'pre').textContent).toBe('<b>curl</b>\n  -d x');
  within(block, 'button').click();
  await expect.poll(() => within(block, '[role=status]').textContent).toMatch(/Copied|Select it/);
});
