/** Folds of stored rows: the part of each row in each fold, a byte a row, made when the fold's turn comes. */
import { assignRows, foldRows, timeFolds } from '../../data/split.js';
import { requireValidation } from '../division.js';
import { noPart, type PartOfRow } from './stored-rows.js';
import type { StreamedSubject } from './subject.js';

/** The same folds as those of a table in memory. @throws InputError `too-many-folds` */
export function foldsOfSubject({ by, split, seed }: StreamedSubject, folds: number): (() => PartOfRow)[] {
  requireValidation(split);
  const divided: { test: Uint32Array; trains: (part: Uint8Array) => void }[] = by.times
    ? timeFolds(by.times, folds).map(({ training, test }) => ({
        test,
        trains(part) {
          for (const row of training) part[row] = 0;
        },
      }))
    : foldRows({ ...by, seed, folds }).map((test) => ({ test, trains: (part) => part.fill(0) }));
  return divided.map(({ test, trains }) => () => {
    const part = new Uint8Array(by.rows).fill(noPart);
    trains(part);
    for (const row of test) part[row] = 2;
    const isOther = (_: number, row: number): boolean => part[row] === 0;
    const others = assignRows({
      rows: part.reduce((count, each) => count + (each === 0 ? 1 : 0), 0),
      seed,
      split: { ...split, test: 0 },
      ...(by.classes ? { classes: by.classes.filter(isOther) } : {}),
      ...(by.groups ? { groups: by.groups.filter(isOther) } : {}),
      ...(by.times ? { times: by.times.filter(isOther) } : {}),
    });
    let next = 0;
    for (let row = 0; row < part.length; row++) if (part[row] === 0) part[row] = others[next++];
    const all = new Uint8Array(by.hasTarget.length).fill(noPart);
    let place = 0;
    for (let row = 0; row < all.length; row++) if (by.hasTarget[row]) all[row] = part[place++];
    return all;
  });
}
