/** Pages of pictures, fetched when they come into sight and forgotten when others took their place. */
import type { PictureColumn } from '../../data/table.js';

export interface PicturePage {
  column: PictureColumn;
  /** The class of each picture; empty where there is none. */
  labels: string[];
}

export type LoadPictures = (offset: number, limit: number) => Promise<PicturePage>;

export const pageRows = 256;
const mostKept = 60;

export class PicturePages {
  /** The least recently asked for first. */
  readonly #pages = new Map<number, PicturePage | undefined>();

  /** @param arrived called when a page that was asked for is there, or failed */
  constructor(
    readonly load: LoadPictures,
    readonly arrived: (problem?: unknown) => void,
  ) {}

  /** The page, if it is there; it is fetched if not. */
  page(number: number): PicturePage | undefined {
    const known = this.#pages.get(number);
    const asked = this.#pages.delete(number);
    this.#pages.set(number, known);
    if (!asked) void this.#fetch(number);
    for (const old of [...this.#pages.keys()].slice(0, -mostKept)) this.#pages.delete(old);
    return known;
  }

  async #fetch(number: number): Promise<void> {
    try {
      this.#pages.set(number, await this.load(number * pageRows, pageRows));
      this.arrived();
    } catch (problem) {
      this.#pages.delete(number);
      this.arrived(problem);
    }
  }
}
