/** The public door: exactly the names that are listed, each listed by hand, and both hosts have the same values. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { publicTypes, publicValues } from './public-names.js';
import { parse } from './sources.js';

function exportedNames(path: string): { values: string[]; types: string[] } {
  const [values, types]: [string[], string[]] = [[], []];
  for (const statement of parse(path).statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      throw new Error(`${path} may only list names: ${statement.getText().slice(0, 80)}`);
    }
    for (const { name, isTypeOnly } of statement.exportClause.elements)
      (statement.isTypeOnly || isTypeOnly ? types : values).push(name.text);
  }
  return { values: values.sort(), types: types.sort() };
}

describe('public exports', () => {
  it('are those listed', () => {
    expect(exportedNames('src/index.ts')).toEqual({ values: publicValues, types: publicTypes });
  });

  it.each(['src/host/browser/index.ts', 'src/host/node/index.ts'])('have their values in %s', (path) => {
    expect(exportedNames(path).values).toEqual(publicValues);
  });
});
