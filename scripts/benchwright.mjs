#!/usr/bin/env node
/** The command `benchwright`: runs the built command line, in a clone building it first where it is missing or old. */
import { existsSync } from 'node:fs';
import process from 'node:process';

const builder = new URL('./build.mjs', import.meta.url);
// An installed package has no builder: what it needs was built before it was published.
if (existsSync(builder)) await (await import(builder.href)).ensureNodeBuild();
// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  console.error(`benchwright: The answer cannot be written to standard output: ${error.message}`);
  process.exit(1);
});
const { main } = await import(new URL('../dist/node/cli.js', import.meta.url).href);
process.exitCode = await main(process.argv.slice(2));
