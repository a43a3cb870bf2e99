/** For a file of journeys: the application as `npm start` serves it, and for each test a new visitor with a page of it, who met no fault. */
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Site, startSite } from './site.js';
import { type Equipment, newVisitor, type Visitor } from './visitor.js';

export interface Visit {
  site: Site;
  visitor: Visitor;
  page: Page;
}

/** Answers what the running test finds: to be read inside tests only. */
export function visiting(equipment?: Equipment): Readonly<Visit> {
  const visit = {} as Visit;
  beforeAll(async () => {
    visit.site = await startSite();
  });
  afterAll(() => visit.site.stop());
  beforeEach(async () => {
    visit.visitor = await newVisitor(equipment);
    visit.page = await visit.visitor.open(visit.site.address);
  });
  afterEach(async () => {
    await visit.visitor.forget();
    expect(visit.visitor.faults).toEqual([]);
  });
  return visit;
}
