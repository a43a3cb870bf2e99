/** Where boxes and arrows of a network stand: a row for each depth, and room beside the boxes for what passes by them. */

export interface GraphBox {
  /** −1 is the network's input. */
  node: number;
  x: number;
  y: number;
}

export interface GraphLayout {
  width: number;
  height: number;
  boxes: GraphBox[];
  /** Each as points from the box that is read to the one that reads. */
  arrows: { from: number; to: number; points: { x: number; y: number }[] }[];
}

export const boxWidth = 148;
export const boxHeight = 38;
const lane = 22;
const gap = 14;
const rowHeight = 62;

interface Place {
  /** Left out for an arrow that passes by. */
  node: number | undefined;
  parents: Place[];
  x: number;
}

/** @param reads of every layer, the places of what it reads; −1 is the input. What is read stands before what reads it. */
export function layoutOf(reads: readonly (readonly number[])[]): GraphLayout {
  const depths = new Map<number, number>([[-1, 0]]);
  const rows: Place[][] = [[{ node: -1, parents: [], x: 0 }]];
  const places = new Map<number, Place>([[-1, rows[0][0]]]);
  const rowAt = (depth: number): Place[] => {
    rows[depth] ??= [];
    return rows[depth];
  };
  const chains: { from: number; to: number; places: Place[] }[] = [];
  for (const [node, inputs] of reads.entries()) {
    const depth = 1 + Math.max(...inputs.map((input) => depths.get(input) ?? 0));
    depths.set(node, depth);
    const place: Place = { node, parents: [], x: 0 };
    for (const from of new Set(inputs)) {
      let last = places.get(from) as Place;
      const chain = [last];
      for (let row = (depths.get(from) ?? 0) + 1; row < depth; row++) {
        last = { node: undefined, parents: [last], x: 0 };
        chain.push(last);
        rowAt(row).push(last);
      }
      place.parents.push(last);
      chains.push({ from, to: node, places: [...chain, place] });
    }
    rowAt(depth).push(place);
    places.set(node, place);
  }
  for (const row of rows) arrange(row);
  const widths = rows.map((row) => row.reduce((sum, place) => sum + widthOf(place) + gap, 0));
  const width = Math.max(...widths);
  const rowOf = new Map(rows.flatMap((row, index) => row.map((place) => [place, index] as const)));
  const pointOf = (place: Place) => ({ x: place.x + width / 2, y: (rowOf.get(place) ?? 0) * rowHeight });
  return {
    width,
    height: (rows.length - 1) * rowHeight + boxHeight,
    boxes: [...places].map(([node, place]) => ({ node, ...pointOf(place) })),
    arrows: chains.map(({ from, to, places: along }) => ({ from, to, points: along.map(pointOf) })),
  };
}

const widthOf = ({ node }: Place): number => (node === undefined ? lane : boxWidth);

/** Each near the mean of what it reads, the row as a whole in the middle. */
function arrange(row: Place[]): void {
  const wish = ({ parents }: Place): number => parents.reduce((sum, { x }) => sum + x, 0) / Math.max(1, parents.length);
  // What passes by stays to the right of the box that it passes.
  row.sort((a, b) => wish(a) - wish(b) || Number(a.node === undefined) - Number(b.node === undefined));
  let x = -row.reduce((sum, place) => sum + widthOf(place) + gap, 0) / 2;
  for (const place of row) {
    x += gap / 2;
    place.x = x + widthOf(place) / 2;
    x += widthOf(place) + gap / 2;
  }
}
