/** What is shown is loaded anew, whatever it is, when a page wakes that had no word of changes. */
import { afterEach, expect, test, vi } from 'vitest';
import { recordKinds } from '../../../src/storage/records.js';
import { storageService } from '../../../src/ui/shell/storage-service.js';

afterEach(() => vi.unstubAllGlobals());

test('a page that wakes hears of every kind of record, and of none once it has stopped to listen', () => {
  const page = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const heard: string[][] = [];
  const workbench = { usage: async () => ({}), watch: () => () => undefined } as never;
  const stop = storageService(workbench).watch((kinds) => heard.push([...kinds].sort()));
  page.dispatchEvent(new Event('resume'));
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  expect(heard).toEqual([[...recordKinds].sort(), [...recordKinds].sort()]);
  stop();
  page.dispatchEvent(new Event('resume'));
  expect(heard).toHaveLength(2);
});
