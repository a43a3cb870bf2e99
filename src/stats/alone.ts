/** How well groups of one column predict a target on rows that the groups were not learnt from: two halves, each judged by the other. */

/** Rows of half 0 and half 1 alternate in pairs, so that neither order nor period of two tells them apart. */
const half = (row: number): number => (row >> 1) & 1;

/** Accuracy of the most frequent class of each group; of the most frequent class of all where a group is new. */
export function classesAlone(groups: Int32Array, groupCount: number, classes: Int32Array, classCount: number): number {
  const counts = [new Map<number, number>(), new Map<number, number>()];
  const totals = [new Float64Array(classCount), new Float64Array(classCount)];
  for (let row = 0; row < groups.length; row++) {
    const cell = groups[row] * classCount + classes[row];
    const own = counts[half(row)];
    own.set(cell, (own.get(cell) ?? 0) + 1);
    totals[half(row)][classes[row]] += 1;
  }
  const answers = counts.map((own, part) => {
    const best = new Int32Array(groupCount).fill(indexOfLargest(totals[part]));
    const most = new Float64Array(groupCount);
    for (const [cell, count] of own) {
      const group = Math.floor(cell / classCount);
      if (count <= most[group]) continue;
      most[group] = count;
      best[group] = cell % classCount;
    }
    return best;
  });
  let right = 0;
  for (let row = 0; row < groups.length; row++) if (answers[1 - half(row)][groups[row]] === classes[row]) right += 1;
  return groups.length === 0 ? 0 : right / groups.length;
}

/** R² of each group's mean; of the mean of all where a group is new. Not below 0. */
export function numbersAlone(groups: Int32Array, groupCount: number, target: Float64Array): number {
  const sums = [new Float64Array(groupCount), new Float64Array(groupCount)];
  const counts = [new Float64Array(groupCount), new Float64Array(groupCount)];
  const all = [0, 0];
  const rows = [0, 0];
  for (let row = 0; row < groups.length; row++) {
    const part = half(row);
    sums[part][groups[row]] += target[row];
    counts[part][groups[row]] += 1;
    all[part] += target[row];
    rows[part] += 1;
  }
  if (rows[0] === 0 || rows[1] === 0) return 0;
  let wrong = 0;
  let total = 0;
  const mean = (all[0] + all[1]) / groups.length;
  for (let row = 0; row < groups.length; row++) {
    const part = 1 - half(row);
    const group = groups[row];
    const guess = counts[part][group] > 0 ? sums[part][group] / counts[part][group] : all[part] / rows[part];
    wrong += (target[row] - guess) * (target[row] - guess);
    total += (target[row] - mean) * (target[row] - mean);
  }
  return total > 0 ? Math.max(0, 1 - wrong / total) : 0;
}

function indexOfLargest(counts: Float64Array): number {
  let best = 0;
  for (let index = 1; index < counts.length; index++) if (counts[index] > counts[best]) best = index;
  return best;
}
