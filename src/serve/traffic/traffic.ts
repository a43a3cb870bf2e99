/**
 * Who answers a request: a caller's arm of the split, always the same; the version that a header names; or, after a rollback, the arm that is
 * trusted. Nothing here is written or read on the way of a request: what changes is told to whoever keeps it.
 */
import { timestamp } from '../../base/clock.js';
import { newIdentifier } from '../../base/identifier.js';
import {
  allTo,
  checkTraffic,
  mostTrafficEvents,
  type TrafficEvent,
  type Traffic as TrafficSpec,
  trafficInWords,
} from '../../spec/traffic.js';
import type { Wanted } from '../registry.js';
import { armAt, placeOf } from './assign.js';
import { overrideHeaders, unitHeader } from './headers.js';
import { Health, healthOn } from './health.js';
import { Mirror, type MirrorReport } from './mirror.js';
import { trustedArm, unknownArm } from './trusted.js';

export interface TrafficState extends TrafficSpec {
  /** Newest first. */
  events: TrafficEvent[];
  mirrored?: MirrorReport;
}

/** An arm that was chosen for a caller. */
export interface Chosen {
  version: number;
  /** Undefined where the caller named the version itself. */
  arm?: string;
  unit?: string;
}

export interface TrafficParts {
  /** Milliseconds since 1970. */
  now?(): number;
  /** In [0, 1): draws which requests are mirrored. */
  draw?(): number;
  /** After arms, mirror or rule have changed: to be kept. It is not waited for. */
  changed?(model: string, traffic: TrafficSpec, event: TrafficEvent): void;
}

interface Kept {
  spec: TrafficSpec;
  events: TrafficEvent[];
  health: Map<string, Health>;
  mirror: Mirror;
}

export class Traffic {
  readonly #models = new Map<string, Kept>();
  readonly #now: () => number;
  readonly #draw: () => number;
  readonly #changed: NonNullable<TrafficParts['changed']>;

  constructor({ now = timestamp, draw = drawn, changed = () => undefined }: TrafficParts = {}) {
    this.#now = now;
    this.#draw = draw;
    this.#changed = changed;
  }

  /** @param by who changes it; left out where it is what was kept, and nothing changes. @throws InputError `invalid-traffic` */
  set(model: string, value: unknown, by?: TrafficEvent['by']): void {
    const spec = checkTraffic(value);
    const before = this.#models.get(model);
    const isSameMirror = before?.spec.mirror?.version === spec.mirror?.version;
    const mirror = before && isSameMirror ? before.mirror : new Mirror();
    const kept: Kept = {
      spec,
      events: before?.events ?? [],
      health: before ? healthOn(before.health, before.spec.arms, spec.arms) : new Map(),
      mirror,
    };
    this.#models.set(model, kept);
    if (by) this.#tell(model, kept, { time: this.#now(), kind: 'set', by, message: trafficInWords(spec) });
  }

  /** What was done about it, the latest last, is what somebody else keeps. */
  recall(model: string, events: readonly TrafficEvent[]): void {
    const kept = this.#models.get(model);
    if (kept) kept.events = [...events];
  }

  remove(model: string): void {
    this.#models.delete(model);
  }

  state(model: string): TrafficState | undefined {
    const kept = this.#models.get(model);
    return kept && { ...kept.spec, events: [...kept.events].reverse(), ...(kept.spec.mirror ? { mirrored: kept.mirror.report } : {}) };
  }

  /** @throws InputError `unknown-arm` where a header names none */
  choose(model: string, wanted: Wanted, headers: Headers): Chosen | undefined {
    const { spec } = this.#models.get(model) ?? {};
    // A path that names a version has chosen.
    if (!spec || wanted.version !== undefined || wanted.label !== undefined) return undefined;
    const named = overrideHeaders.map((header) => headers.get(header)).find((value) => value !== null);
    const unit = headers.get(unitHeader) ?? undefined;
    const of = unit === undefined ? {} : { unit };
    if (named !== undefined && named !== null) return { ...this.#named(spec, named), ...of };
    const arm = armAt(spec.arms, placeOf(spec.salt ?? model, unit ?? newIdentifier()));
    return { version: arm.version, arm: arm.name, ...of };
  }

  /** How a request of an arm went. Callers that went away, and requests that were wrong, say nothing about it. */
  observe(model: string, arm: string, seen: { failed: boolean; latency: number }): void {
    const kept = this.#models.get(model);
    const rule = kept?.spec.rollback;
    if (!kept || !rule) return;
    const health = kept.health.get(arm) ?? new Health();
    kept.health.set(arm, health);
    health.add({ time: this.#now(), ...seen });
    const answering = kept.spec.arms.some(({ name, weight }) => name === arm && weight > 0);
    const problem = answering && arm !== rule.to ? health.problem(rule, this.#now()) : undefined;
    if (problem) this.#rollBack(model, kept, { to: rule.to, from: arm, ...problem });
  }

  /** All callers go to one arm at once: the rule's, or the first. @throws InputError `no-traffic` or `unknown-arm` */
  rollBack(model: string, to?: string): void {
    const kept = this.#models.get(model);
    const trusted = trustedArm(model, kept?.spec, to);
    this.#rollBack(model, kept as Kept, { to: trusted.name, by: 'caller', message: 'It was asked for.' });
  }

  /** The mirror that this request is to be asked of as well. */
  mirrorFor(model: string): { version: number; mirror: Mirror } | undefined {
    const kept = this.#models.get(model);
    const wanted = kept?.spec.mirror;
    return kept && wanted && this.#draw() * 100 < wanted.share ? { version: wanted.version, mirror: kept.mirror } : undefined;
  }

  /** Settles when no mirror is asked any more. */
  async settled(): Promise<void> {
    await Promise.all([...this.#models.values()].map(({ mirror }) => mirror.settled()));
  }

  #rollBack(model: string, kept: Kept, why: { to: string; from?: string; by: TrafficEvent['by']; message: string }): void {
    kept.spec = allTo(kept.spec, why.to);
    kept.health.clear();
    this.#tell(model, kept, { time: this.#now(), kind: 'rollback', ...why });
  }

  #tell(model: string, kept: Kept, event: TrafficEvent): void {
    kept.events.push(event);
    if (kept.events.length > mostTrafficEvents) kept.events.shift();
    this.#changed(model, kept.spec, event);
  }

  /** By an arm's name, or by a version. The mirror's can be asked for too. */
  #named({ arms, mirror }: TrafficSpec, named: string): Chosen {
    const arm = arms.find(({ name, version }) => name === named || String(version) === named);
    if (arm) return { version: arm.version };
    if (mirror && String(mirror.version) === named) return { version: mirror.version };
    throw unknownArm(named, arms);
  }
}

const drawn = (): number => crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
