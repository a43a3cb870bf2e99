/** Addresses: `#/`, `#/data/ID`, `#/lake`, `#/train`, `#/train/DATASET/TARGET`, `#/pipeline/DATASET/TARGET`, `#/layers/DATASET/TARGET`, `#/runs/ID`, `#/compare/ID,ID`, `#/sweep/DATASET/TARGET`, `#/sweeps/ID`, `#/models`, `#/models/ID`, `#/tensors/ID`, `#/serve`, `#/serve/NAME`, `#/experiments`, `#/experiments/ID`, `#/settings`. */

export interface Route {
  /** The key of a panel in `panels.ts`. */
  panel: string;
  /** What the panel shows; empty for a list. */
  item: string;
  /** What of it; mostly empty. */
  detail: string;
}

export function parseRoute(hash: string): Route {
  const [first = '', second = '', third = ''] = hash.replace(/^#\/?/, '').split('/');
  return { panel: second === '' ? first : `${first}/`, item: safely(second), detail: safely(third) };
}

/** A broken escape in an address is an item that does not exist, not a crash. */
function safely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
