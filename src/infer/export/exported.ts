/** What an export gives: files, what goes in and comes out, and what a format could not say. */

export const modelFormats = ['onnx', 'tfjs', 'safetensors', 'serving', 'card', 'card-html'] as const;
export type ModelFormat = (typeof modelFormats)[number];

export interface ExportOptions {
  /** Of a folder to be served: what the model is called there. Default: its name. */
  name?: string;
  /** Of a card: under which licence the model may be used. */
  licence?: string;
  /** Several files as one zip. */
  zip?: boolean;
}

export interface ExportedFile {
  /** With "/" between folders. */
  path: string;
  bytes: Uint8Array;
}

export interface ExportedPort {
  name: string;
  /** As ONNX and safetensors write it. */
  type: string;
  /** −1 is the number of rows. */
  shape: number[];
}

export interface ModelExport {
  format: ModelFormat;
  /** The first is the one that is opened. */
  files: ExportedFile[];
  /** Of a format that can be run. */
  inputs?: ExportedPort[];
  outputs?: ExportedPort[];
  /** What whoever uses it must know, sentence by sentence. */
  notes: string[];
}

const encoder = new TextEncoder();
export const textFile = (path: string, text: string): ExportedFile => ({ path, bytes: encoder.encode(text) });
