/** The card of the whole project in each of its faces: at rest, asking, done, refused. */
import { ContextProvider } from '@lit/context';
import { html, LitElement } from 'lit';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createProject } from '../../../../src/storage/bundle/create.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { jobsContext } from '../../../../src/ui/contexts/jobs.js';
import { projectContext } from '../../../../src/ui/contexts/services.js';
import { Jobs } from '../../../../src/ui/jobs/jobs.js';
import { bytes, dataset } from '../../../contract/storage/samples.js';
import { expectAccessible } from '../accessible.js';
import { mount } from '../mount.js';
import '../../../../src/ui/panels/settings/project-card.js';

class Frame extends LitElement {
  readonly jobs = new ContextProvider(this, { context: jobsContext, initialValue: new Jobs(() => () => undefined) });
  readonly project = new ContextProvider(this, { context: projectContext, initialValue: createProject(createMemoryStore()) });
  override render() {
    return html`<bw-project-card></bw-project-card>`;
  }
}
customElements.define('test-project-frame', Frame);

const frame = () => mount<Frame>(html`<test-project-frame></test-project-frame>`);

async function projectFile(): Promise<File> {
  const store = createMemoryStore();
  const ref = await store.putChunk(bytes(100));
  await store.commit({ put: [dataset('one', [ref])] });
  const pieces: BlobPart[] = [];
  for await (const { piece } of createProject(store).export()) pieces.push(piece as Uint8Array<ArrayBuffer>);
  return new File(pieces, 'mine.bench');
}

async function choose(file: File): Promise<void> {
  await page.getByLabelText('Import a project…').upload(file);
}

test('every face is accessible', async () => {
  await expectAccessible(frame);
  await expectAccessible(async () => {
    const element = await frame();
    await choose(await projectFile());
    await expect.element(page.getByRole('button', { name: 'Import', exact: true })).toBeVisible();
    return element;
  });
  await expectAccessible(async () => {
    const element = await frame();
    await choose(new File(['no'], 'no.bench'));
    await expect.element(page.getByRole('alert')).toHaveTextContent('This is not a Benchwright project');
    return element;
  });
});

test('a file is looked at first, then taken in, and changes nothing the second time', async () => {
  const { project } = await frame();
  await choose(await projectFile());
  await expect.element(page.getByText('dataset “Dataset one”')).toBeVisible();
  expect(await project.value.items()).toEqual([]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect.element(page.getByText('Imported: 1 new.')).toBeVisible();
  expect(await project.value.items()).toHaveLength(1);
  await choose(await projectFile());
  await expect.element(page.getByText(/0 new, 1 already here/)).toBeVisible();
});
