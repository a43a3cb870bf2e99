/** Finds a Chromium to test in: CHROME_PATH, then the machine's own. Answers undefined where there is none. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, platform } from 'node:process';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter(Boolean)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export function installedBrowser() {
  if (env.CHROME_PATH) return env.CHROME_PATH;
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(places[platform] ?? []), ...onPath].find(runs);
}

/** What Chromium needs to run without a screen, without calling home, and, for the GPU lane, with WebGPU; a camera that shows a moving pattern. */
export const browserArguments = ({ webgpu = false, camera = false } = {}) => [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  ...(webgpu ? ['--enable-unsafe-webgpu'] : []),
  ...(camera ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] : []),
];

/** Playwright's options for that browser; without one on the machine, Playwright's own is used. */
export function launchOptions({ webgpu = false, camera = false } = {}) {
  const executablePath = installedBrowser();
  return { ...(executablePath ? { executablePath } : {}), args: browserArguments({ webgpu, camera }) };
}
