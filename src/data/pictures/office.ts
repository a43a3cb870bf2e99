/** What office programs save is a zip as well, and its pictures are no data. */
import type { PictureFile } from './picture-file.js';

const isDocument = /^(\[Content_Types\]\.xml|mimetype)$/;

export const isOfficeDocument = (files: readonly PictureFile[]): boolean => files.some(({ path }) => isDocument.test(path));
