/** A question to a deployment: what is asked is about the model of the version that is asked, whichever order the models arrive in. */
import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import type { AnyModelRecord } from '../../../../src/infer/models.js';
import type { DeploymentRecord } from '../../../../src/spec/deployment.js';
import type { Field } from '../../../../src/spec/field.js';
import { modelsContext, tensorModelsContext } from '../../../../src/ui/contexts/services.js';
import type { QuestionCode } from '../../../../src/ui/panels/serve/question-code.js';
import '../../../../src/ui/panels/serve/try-card.js';
import { expectAccessible } from '../accessible.js';
import { framed } from '../frame.js';
import { within } from '../mount.js';
import { categoryField, numberField } from '../records.js';

const pictureField: Field = { name: 'photo', type: 'picture', missing: 0, distinct: 2, reason: '' };

/** The models of versions 1, 2 and so on. */
const deployed = (...models: string[]): DeploymentRecord => ({
  kind: 'deployment',
  id: 'penguins',
  created: 1,
  versions: models.map((model, index) => ({ version: index + 1, model, created: 1, loaded: true })),
  next: models.length + 1,
  labels: [],
});

const fields: Record<string, Field[]> = {
  measured: [numberField],
  'measured again': [numberField],
  named: [categoryField],
  pictured: [pictureField],
};

/** Reads one at a time, when the test lets it. */
class SlowModels {
  readonly #waiting = new Map<string, PromiseWithResolvers<AnyModelRecord>>();

  get(id: string): Promise<AnyModelRecord> {
    const read = Promise.withResolvers<AnyModelRecord>();
    this.#waiting.set(id, read);
    return read.promise;
  }

  async arrive(id: string): Promise<void> {
    await expect.poll(() => this.#waiting.has(id)).toBe(true);
    this.#waiting.get(id)?.resolve({ kind: 'model', id, fields: fields[id] } as AnyModelRecord);
    this.#waiting.delete(id);
  }

  async fail(id: string): Promise<void> {
    await expect.poll(() => this.#waiting.has(id)).toBe(true);
    this.#waiting.get(id)?.reject(new Error('Its record is damaged.'));
    this.#waiting.delete(id);
  }
}

async function tryCard(deployment: DeploymentRecord) {
  const models = new SlowModels();
  const frame = await framed(html`<bw-try-card .deployment=${deployment}></bw-try-card>`, [
    [modelsContext, models],
    [tensorModelsContext, { list: () => Promise.resolve([]) }],
  ]);
  const card = within<HTMLElement & { updateComplete: Promise<boolean> }>(frame, 'bw-try-card');
  return {
    card,
    models,
    choose: (target: string) => {
      const select = within<HTMLSelectElement>(card, 'select');
      select.value = target;
      select.dispatchEvent(new Event('change'));
      return card.updateComplete;
    },
    code: () => within<QuestionCode>(card, 'bw-question-code').snippets[0].code,
    body: () => within<HTMLTextAreaElement>(card, 'textarea').value,
    write: (text: string) => {
      const area = within<HTMLTextAreaElement>(card, 'textarea');
      area.value = text;
      area.dispatchEvent(new Event('input'));
    },
    ask: () => within<HTMLButtonElement>(card, 'button.primary'),
  };
}

test('it is accessible', async () => {
  await expectAccessible(async () => {
    const { card, models, body } = await tryCard(deployed('measured'));
    await models.arrive('measured');
    await expect.poll(body).toContain('bill_length_mm');
    return card;
  });
});

test('a model that arrives after another version was chosen changes nothing', async () => {
  const { models, choose, body, code, ask } = await tryCard(deployed('measured', 'named'));
  await choose('version 1');
  await models.arrive('measured');
  await expect.poll(body).toContain('bill_length_mm');
  await choose('version 2');
  // What is in sight is still about version 1.
  await expect.poll(() => ask().disabled).toBe(true);
  expect(code()).toMatch(/versions\/1:predict.*bill_length_mm/s);
  await choose('version 1');
  await models.arrive('measured');
  await expect.poll(() => ask().disabled).toBe(false);
  await models.arrive('named');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(JSON.parse(body())).toEqual({ instances: [{ bill_length_mm: 44.45 }] });
});

test('a version whose model cannot be read is not asked what another version is asked', async () => {
  const { card, models, choose, body, ask } = await tryCard(deployed('measured', 'named'));
  await models.arrive('named');
  await expect.poll(body).toContain('species');
  await choose('version 1');
  await models.fail('measured');
  await expect.poll(() => card.shadowRoot?.querySelector('bw-notice')).not.toBe(null);
  expect([body(), ask().disabled]).toEqual(['', true]);
});

test('a picture that was chosen for one version is not sent to one that takes a table', async () => {
  const { card, models, choose, body } = await tryCard(deployed('pictured', 'measured'));
  await choose('version 1');
  await models.arrive('pictured');
  await expect.poll(() => card.shadowRoot?.querySelector('input[type=file]')).not.toBe(null);
  const chosen = new DataTransfer();
  chosen.items.add(new File(['a picture'], 'a.png'));
  const input = within<HTMLInputElement>(card, 'input[type=file]');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
  await expect.poll(body).toContain('b64');
  await choose('version 2');
  await models.arrive('measured');
  await expect.poll(body).toContain('bill_length_mm');
  expect(JSON.parse(body())).toEqual({ instances: [{ bill_length_mm: 44.45 }] });
});

test('what was written by hand is asked of another version that takes the same', async () => {
  const { models, choose, body, write, ask } = await tryCard(deployed('measured', 'measured again'));
  await models.arrive('measured again');
  await expect.poll(body).toContain('bill_length_mm');
  write('{"instances":[{"bill_length_mm":1}]}');
  await choose('version 1');
  await models.arrive('measured');
  await expect.poll(() => ask().disabled).toBe(false);
  expect(body()).toBe('{"instances":[{"bill_length_mm":1}]}');
});

test('an answer does not stand under the address of another version', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"predictions":[1]}')));
  try {
    const { card, models, choose, body, ask } = await tryCard(deployed('measured', 'measured again'));
    await models.arrive('measured again');
    await expect.poll(body).toContain('bill_length_mm');
    const answer = () => card.shadowRoot?.querySelector('[role=status] bw-code-block');
    ask().click();
    await expect.poll(answer).not.toBe(null);
    await choose('version 1');
    expect(answer()).toBe(null);
  } finally {
    vi.unstubAllGlobals();
  }
});
