/** docs/results.md: what stands before its sections, and how they write their rows. */

export const figure = (value) => value.toFixed(3);
export const verdict = (holds) => (holds ? 'yes' : '**no**');
export const table = (heads, rows) => [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {string[]} sections in Markdown */
export const resultsPage = ({ sections, version, node, earlier }) => `# Results

Written by \`npm run results\` (Benchwright ${version}, Node ${node.split('.')[0]}, device wasm, one thread), which runs the command line and exits
non-zero when a row misses its bound. Finished rows are kept in \`.cache/results\`; a change of the engine starts them anew. A
single lucky seed is not a result: scores are means over seeds or splits. Seconds are of the wall clock, and most were taken while the
machine did other work.
${
  earlier === 0
    ? '\n'
    : `\nOf the runs behind these rows ${earlier} were made by an earlier state of the engine, and have not been made again since.\n\n`
}${sections.join('\n\n')}
`;
