/** Asks the open pages for a way to their inference worker: each gets a fresh port, and the one that leads passes it on. */
import { nobodyServes } from '../../../serve/problems.js';
import { Line } from './line.js';
import { type Ready, wanted } from './messages.js';

export interface Page {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

export interface Pages {
  /** Whether a page leads, or is about to. */
  isLed(): Promise<boolean>;
  open(): Promise<readonly Page[]>;
}

/** Milliseconds until pages are asked again, as one may only just have opened; and how often they are asked. */
const pause = 1_000;
const mostTries = 20;

/** Milliseconds that a page which was just loaded gets to lead; and until it is looked again. */
const moment = 2_000;
const beat = 100;

/** @throws InputError `nobody-serves` */
export async function findLine(pages: Pages): Promise<Line> {
  const ports = new Set<MessagePort>();
  try {
    for (let tries = 0; tries < mostTries; tries++) {
      if (!(await untilLed(pages))) throw nobodyIsThere();
      for (const page of await pages.open()) {
        const { port1, port2 } = new MessageChannel();
        ports.add(port1);
        page.postMessage(wanted, [port2]);
      }
      const ready = await firstReady(ports);
      if (!ready) continue;
      ports.delete(ready.port);
      return new Line(ready.port, ready.life);
    }
    throw nobodyListens();
  } finally {
    for (const port of ports) port.close();
  }
}

/** Whether a page leads. One that has just been loaded begins in a moment, for which it is waited while any page is open. */
async function untilLed(pages: Pages): Promise<boolean> {
  for (let waited = 0; !(await pages.isLed()); waited += beat) {
    if (waited >= moment || (await pages.open()).length === 0) return false;
    await new Promise((resolve) => setTimeout(resolve, beat));
  }
  return true;
}

/** The first of the ports whose other end listens; undefined where none does for a while. */
function firstReady(ports: ReadonlySet<MessagePort>): Promise<{ port: MessagePort; life: string } | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), pause);
    for (const port of ports) {
      port.onmessage = ({ data }: MessageEvent<Ready>) => {
        if (data.kind !== 'ready') return;
        clearTimeout(late);
        resolve({ port, life: data.life });
      };
    }
  });
}

const nobodyIsThere = () =>
  nobodyServes('No page is open that could answer.', 'Open Benchwright in a tab of this browser: it answers as long as it is open.');

const nobodyListens = () =>
  nobodyServes('A page is open, but it did not answer in time.', 'Look at the tab in which Benchwright is open, or load it anew.');
