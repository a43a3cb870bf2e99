/** Cells that hold several labels: how they are told apart, read and written. */
import { textsOf } from '../columns/access.js';
import type { Column } from '../table.js';

/** A separator that says: a cell is a JSON list. */
export const jsonList = 'json';

/** In this order where two occur in as many rows: a JSON list has commas as well. */
export const separators = ['|', jsonList, ';', ','] as const;

const longestCell = 100_000;

/** The list that a cell is; undefined where it is none. Numbers and truth values are labels by their text. */
function listOf(text: string): string[] | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[') || !trimmed.endsWith(']') || trimmed.length > longestCell) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed);
    return Array.isArray(value) && value.every((each) => ['string', 'number', 'boolean'].includes(typeof each))
      ? value.map((each) => String(each))
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a cell is written as a list with this separator. */
export const isListBy = (separator: string, text: string): boolean =>
  separator === jsonList ? listOf(text) !== undefined : text.includes(separator);

/** The labels of a cell, each once, without blanks around them. A cell that is no JSON list is one label by itself. */
export function labelsIn(text: string, separator: string): string[] {
  const parts = separator === jsonList ? (listOf(text) ?? [text]) : text.split(separator);
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

export const labelsTogether = (labels: readonly string[], separator: string): string =>
  separator === jsonList ? JSON.stringify(labels) : labels.join(separator);

/** The labels of each row of a column; none where its cell is empty. */
export function labelsOfRows(column: Column, name: string, separator: string): (row: number) => readonly string[] {
  const { codes, dictionary } = textsOf(column, name);
  const labels = dictionary.map((text) => labelsIn(text, separator));
  return (row) => (codes[row] < 0 ? [] : labels[codes[row]]);
}
