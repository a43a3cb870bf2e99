/** How an arm has fared lately: its requests in a window of time, and whether they are as they should be. */

import type { Arm, RollbackRule } from '../../spec/traffic.js';
import { quantile } from '../../stats/quantile.js';

interface Seen {
  /** Milliseconds since 1970. */
  time: number;
  failed: boolean;
  /** Milliseconds. */
  latency: number;
}

/** Of a window no more are kept than this, the latest: it is bounded under any load. */
const most = 1_000;

export class Health {
  #seen: Seen[] = [];

  add(seen: Seen): void {
    this.#seen.push(seen);
    if (this.#seen.length > 2 * most) this.#seen = this.#seen.slice(-most);
  }

  clear(): void {
    this.#seen = [];
  }

  /** What is wrong by the rule, as a sentence; undefined where nothing is, or too little is known. @param now milliseconds since 1970 */
  problem(rule: RollbackRule, now: number): { by: 'errors' | 'latency'; message: string } | undefined {
    const since = now - rule.seconds * 1_000;
    const seen = this.#seen.slice(-most).filter(({ time }) => time > since);
    if (seen.length < rule.requests) return undefined;
    const failed = seen.filter((each) => each.failed).length;
    const within = `of ${seen.length} requests within ${rule.seconds} seconds`;
    if (rule.errors !== undefined && failed / seen.length > rule.errors) {
      return { by: 'errors', message: `${failed} ${within} failed; at most ${percent(rule.errors)} may.` };
    }
    const answered = seen.filter((each) => !each.failed).map(({ latency }) => latency);
    if (!rule.latency || answered.length < rule.requests) return undefined;
    const slow = quantile(Float64Array.from(answered).sort(), rule.latency.quantile);
    if (slow <= rule.latency.milliseconds) return undefined;
    const message = `${percent(rule.latency.quantile)} ${within} took up to ${slow.toFixed(1)} ms; ${rule.latency.milliseconds} ms are allowed.`;
    return { by: 'latency', message };
  }
}

/** A bandit moves weights each minute: an arm that goes on answering by the same version is judged by what was seen of it before too. */
export function healthOn(health: Iterable<[string, Health]>, before: readonly Arm[], after: readonly Arm[]): Map<string, Health> {
  const goesOn = ([name]: [string, Health]) => {
    const [was, is] = [before, after].map((arms) => arms.find((arm) => arm.name === name && arm.weight > 0));
    return was !== undefined && was.version === is?.version;
  };
  return new Map([...health].filter(goesOn));
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(4))}%`;
