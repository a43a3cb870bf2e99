/** Keeps what a suite measured, where `npm run devices` asks for it: the figures of docs/devices.md. */
export interface Measurement {
  device: string;
  /** `layer`, `activation`, `loss` or `optimizer`. */
  group: string;
  item: string;
  kind: 'forward' | 'gradient' | 'curve';
  difference: number;
  tolerance: number;
}

const measured: Measurement[] = [];
const isAsked = (import.meta as { env?: Record<string, string> }).env?.VITE_RECORD_DEVICES === '1';

export function record(measurement: Measurement): void {
  if (isAsked) measured.push(measurement);
}

/** Writes what has been measured on a device to a file of its own. */
export async function writeRecord(device: string): Promise<void> {
  if (!isAsked) return;
  const path = `test/results/devices/${device.replaceAll(' ', '-')}.json`;
  const text = JSON.stringify(measured.filter((measurement) => measurement.device === device));
  if (globalThis.document === undefined) {
    const [{ mkdir, writeFile }, { dirname }] = await Promise.all([import('node:fs/promises'), import('node:path')]);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } else {
    const { commands, server } = await import('vitest/browser');
    await commands.writeFile(`${server.config.root}/${path}`, text);
  }
}
