/** How well scores put one class above the rest, whatever the threshold. */

/**
 * Area under the receiver operating characteristic, by ranks (Mann and Whitney's U), ties counting half.
 * @param score of each row, larger meaning more likely
 * @returns a share in [0, 1], or null where all rows are of one kind
 */
export function areaUnderRoc(positive: Uint8Array, score: Float32Array): number | null {
  const rows = score.length;
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  order.sort((one, other) => score[one] - score[other]);
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < rows; ) {
    let end = start;
    let tied = 0;
    while (end < rows && score[order[end]] === score[order[start]]) tied += positive[order[end++]];
    rankSum += tied * ((start + 1 + end) / 2);
    positives += tied;
    start = end;
  }
  const negatives = rows - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * The area under precision by recall as steps: the mean over positive rows of the precision among all rows with at least as large a score, as
 * scikit-learn's `average_precision_score`.
 * @returns a share in [0, 1], or null where no row is positive
 */
export function averagePrecision(positive: Uint8Array, score: Float32Array): number | null {
  const rows = score.length;
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  order.sort((one, other) => score[other] - score[one]);
  let positives = 0;
  let sum = 0;
  for (let start = 0; start < rows; ) {
    let end = start;
    let tied = 0;
    while (end < rows && score[order[end]] === score[order[start]]) tied += positive[order[end++]];
    positives += tied;
    sum += (tied * positives) / end;
    start = end;
  }
  return positives === 0 ? null : sum / positives;
}

/**
 * One class against the rest, averaged over the classes that occur ("ovr", macro). With two
 * classes it is the second's area, as in scikit-learn.
 * @param probabilities [rows, classes]
 * @returns null where only one class occurs
 */
export function areaUnderRocOneVersusRest(actual: Int32Array, probabilities: Float32Array, classes: number): number | null {
  const rows = actual.length;
  const positive = new Uint8Array(rows);
  const score = new Float32Array(rows);
  let sum = 0;
  let occurring = 0;
  for (let label = classes === 2 ? 1 : 0; label < classes; label++) {
    for (let row = 0; row < rows; row++) {
      positive[row] = actual[row] === label ? 1 : 0;
      score[row] = probabilities[row * classes + label];
    }
    const area = areaUnderRoc(positive, score);
    if (area === null) continue;
    sum += area;
    occurring++;
  }
  return occurring === 0 ? null : sum / occurring;
}
