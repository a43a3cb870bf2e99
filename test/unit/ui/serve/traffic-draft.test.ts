/** A division of callers between the form and the service, and in words. */
import { expect, test } from 'vitest';
import type { DeploymentRecord } from '../../../../src/spec/deployment.js';
import { checkTraffic, type Traffic } from '../../../../src/spec/traffic.js';
import { draftOf, sumOf, trafficOf, withRest, withVersions } from '../../../../src/ui/panels/serve/traffic-draft.js';
import { answererWords, eventWords, lastAlarm, ruleWords } from '../../../../src/ui/panels/serve/traffic-words.js';

const versions = [1, 2, 3].map((version) => ({ version, model: `m${version}`, created: version, loaded: version < 3 }));
const deployment: DeploymentRecord = {
  kind: 'deployment',
  id: 'species',
  created: 1,
  versions,
  next: 4,
  labels: [{ label: 'stable', version: 1 }],
};
const traffic: Traffic = {
  arms: [
    { name: 'blue', version: 2, weight: 66.6 },
    { name: 'green', version: 1, weight: 33.4 },
  ],
  mirror: { version: 3, share: 12.5 },
  rollback: { to: 'green', seconds: 30, requests: 7, errors: 0.07, latency: { quantile: 0.9, milliseconds: 40 } },
  salt: 'an experiment',
};

test('what holds comes out of the form as it went in, and is what the service takes', () => {
  expect(trafficOf(draftOf({ ...deployment, traffic }))).toEqual(traffic);
  expect(checkTraffic(trafficOf(draftOf({ ...deployment, traffic })))).toEqual(traffic);
});

test('an arm whose version is gone is left out', () => {
  const gone = { ...traffic, arms: [...traffic.arms, { name: 'red', version: 9, weight: 0 }] };
  expect(trafficOf(draftOf({ ...deployment, traffic: gone }))).toEqual(traffic);
});

test('undivided callers are with the newest that is loaded, and versions are called after their labels', () => {
  const draft = draftOf(deployment);
  expect(draft.arms).toEqual([
    { version: 1, name: 'stable', weight: '' },
    { version: 2, name: 'v2', weight: '100' },
    { version: 3, name: 'v3', weight: '' },
  ]);
  expect(trafficOf(draft)).toEqual({ arms: [{ name: 'v2', version: 2, weight: 100 }] });
});

test('what is missing to a hundred is given to an arm, or taken from it where it has as much', () => {
  const draft = draftOf({ ...deployment, traffic });
  const set = (weight: string) => ({ ...draft, arms: draft.arms.map((arm) => (arm.name === 'blue' ? { ...arm, weight } : arm)) });
  expect(sumOf(draft)).toBe(100);
  expect(withRest(draft, 'blue')).toBeUndefined();
  expect(sumOf(withRest(set('10.1'), 'green') ?? draft)).toBe(100);
  expect(withRest(set('90'), 'green')?.arms[1].weight).toBe('10');
  expect(withRest(set('140'), 'green')).toBeUndefined();
});

test('a rule needs a bound, and names an arm that there is', () => {
  const draft = { ...draftOf({ ...deployment, traffic }), errors: '', milliseconds: '' };
  expect(() => trafficOf(draft)).toThrow(/looks at nothing/);
  expect(trafficOf({ ...draft, errors: '7', to: 'gone' }).rollback).toEqual({ to: 'blue', seconds: 30, requests: 7, errors: 0.07 });
});

test('versions that come and go while it is edited take nothing of it with them', () => {
  const draft = { ...draftOf(deployment), share: '33' };
  const after = withVersions(draft, { ...deployment, versions: [versions[1], { ...versions[2], version: 4 }] });
  expect(after).toEqual({
    ...draft,
    arms: [
      { version: 2, name: 'v2', weight: '100' },
      { version: 4, name: 'v4', weight: '' },
    ],
  });
});

test('who answers is told in words, and so is what sends everybody back', () => {
  expect(answererWords(deployment)).toBe('Callers are not divided: the newest that is loaded, version 2, answers everybody.');
  expect(answererWords({ ...deployment, versions: [versions[2]] })).toBe('No version is loaded: nobody is answered.');
  expect(answererWords({ ...deployment, traffic })).toBe('Of all callers 66.6 % “blue” (version 2) and 33.4 % “green” (version 1).');
  const alone = {
    arms: [
      { name: 'blue', version: 2, weight: 100 },
      { name: 'green', version: 1, weight: 0 },
    ],
  };
  expect(answererWords({ ...deployment, traffic: alone })).toBe('All callers get “blue” (version 2).');
  expect(traffic.rollback && ruleWords(traffic.rollback)).toBe(
    'All callers go to “green” by themselves when of another arm, of at least 7 requests within 30 seconds, more than 7 % of its requests fail, or fewer than 90 % of its answers come within 40 ms.',
  );
});

test('a rollback by a rule is an alarm until callers are divided anew', () => {
  const back = { time: 1, kind: 'rollback', by: 'errors', message: '6 of 20 failed.', to: 'green', from: 'blue' } as const;
  expect(lastAlarm({ ...deployment, events: [back] })).toBe(back);
  expect(eventWords(back)).toBe('Rolled back from “blue” to “green”: 6 of 20 failed.');
  expect(lastAlarm({ ...deployment, events: [back, { time: 2, kind: 'set', by: 'caller', message: '' }] })).toBeUndefined();
  expect(lastAlarm({ ...deployment, events: [{ ...back, by: 'caller' }] })).toBeUndefined();
});
