/**
 * `npm test`: installs, finds a browser, builds, checks, runs every lane one after the other, names what failed once more,
 * and ends with the line `N passed, N failed`. `npm test -- --lane unit [FILE…]` runs one lane and needs only what that lane needs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { installedBrowser } from './browser.mjs';
import { ensureAppBuild, ensureNodeBuild } from './build.mjs';
import { check } from './check.mjs';
import { ensureInstalled, root } from './ensure.mjs';

const lanes = {
  unit: {},
  contract: { node: true },
  architecture: { app: true, node: true },
  browser: { browser: true },
  gpu: { browser: true },
  e2e: { browser: true, app: true },
};

const runs = (command, ...rest) => spawnSync(command, rest, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/** The machine's own browser first: a download cannot be assumed to work. Answers what CHROME_PATH is to be, if anything. */
function findBrowser() {
  const found = installedBrowser();
  if (found) return found;
  console.log('There is no Chrome or Chromium on this machine (CHROME_PATH names one that is elsewhere).');
  if (isDebianRoot()) {
    console.log("Installing Debian's: apt-get install chromium");
    if (runs('apt-get', 'update') && runs('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium')) return installedBrowser();
  }
  console.log('Fetching one: playwright install chromium');
  if (runs(process.execPath, join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium')) return undefined;
  console.error('No browser could be found or fetched. Install Chrome or Chromium, or let CHROME_PATH name one.');
  return process.exit(1);
}

/** Runs one lane. A lane that broke or found no test counts as one failure, whatever its report says. */
function runLane(name, files) {
  console.log(`\n── ${name} ──`);
  const report = join(root, `test/results/${name}.json`);
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const succeeded = runs(process.execPath, vitest, 'run', '--project', name, ...reporters, ...files);
  const { numPassedTests = 0, testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const failed = testResults.flatMap((file) => failuresIn(name, file));
  const broke = failed.length === 0 && (!succeeded || numPassedTests === 0);
  return { passed: numPassedTests, failed: broke ? [`${name}: the lane ${succeeded ? 'found no test' : 'broke'}`] : failed };
}

/** A log may be kept in part only: its end says what failed, each with the first line of why. */
function failuresIn(lane, { name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  const said = failed.map(({ fullName, failureMessages: [why = ''] }) => [fullName, why]);
  // A file that could not be loaded has no test that failed.
  if (status === 'failed' && failed.length === 0) said.push(['the file', message]);
  return said.map(([test, why]) => `${lane}: ${relative(root, name)}: ${test}: ${why.split('\n')[0]}`);
}

const [option, lane, ...files] = process.argv.slice(2);
if (option !== undefined && (option !== '--lane' || !Object.hasOwn(lanes, lane))) {
  console.error(`Usage: npm test [-- --lane ${Object.keys(lanes).join('|')} [FILE…]]`);
  process.exit(2);
}
const chosen = option ? [lane] : Object.keys(lanes);
const needs = (what) => chosen.some((name) => lanes[name][what]);

ensureInstalled();
mkdirSync(join(root, 'test/results'), { recursive: true });
if (needs('browser')) {
  const browser = findBrowser();
  if (browser) process.env.CHROME_PATH = browser;
}
if (needs('app')) await ensureAppBuild();
if (needs('node')) await ensureNodeBuild();

const results = option ? [] : [await check()];
for (const name of chosen) results.push(runLane(name, files));
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.flatMap((result) => result.failed);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;
for (const each of failed) console.log(`✗ ${each}`);
console.log(`\n${passed} passed, ${failed.length} failed`);
