/** Routes of our own: outcomes of answers, the division of callers, and the log. */
import { InputError } from '../../base/errors.js';
import { checkTraffic } from '../../spec/traffic.js';
import { validate } from '../../spec/validate.js';
import { Outcomes } from '../log/prediction.js';
import { trustedArm } from '../traffic/trusted.js';
import { checkLoaded, checkVersions, servedVersions } from '../traffic/versions.js';
import { requireManagement } from './management.js';
import { json, jsonBody } from './replies.js';
import type { Call, Route } from './route.js';
import { wantedOf } from './wanted.js';

const path = (end: string): RegExp => new RegExp(`^/benchwright/models/(?<name>[^/:]+)/${end}$`);

export const benchwright: readonly Route[] = [
  { method: 'POST', path: path('outcomes'), answer: outcomes },
  { method: 'GET', path: path('traffic'), answer: traffic },
  { method: 'POST', path: path('traffic'), answer: divide },
  { method: 'POST', path: path('traffic/rollback'), answer: rollBack },
  { method: 'GET', path: path('log'), answer: exportLog },
  { method: 'DELETE', path: path('log'), answer: removeLog },
];

async function outcomes(call: Call): Promise<Response> {
  const name = servedName(call);
  if (!call.log?.keeps(name)) throw notLogged(name);
  const { outcomes: given } = validate(Outcomes, await jsonBody(call), 'request');
  call.log.outcomes(name, given);
  return json({ accepted: given.length }, 202);
}

function traffic(call: Call): Response {
  const name = servedName(call);
  return json(call.traffic?.state(name) ?? { arms: [], events: [] });
}

async function divide(call: Call): Promise<Response> {
  const name = servedName(call);
  requireManagement(call, 'divide callers');
  if (!call.traffic) throw trafficOff();
  const traffic = checkTraffic(await jsonBody(call));
  checkVersions(name, traffic, servedVersions(call.registry, name));
  call.traffic.set(name, traffic, 'caller');
  return json(call.traffic.state(name));
}

async function rollBack(call: Call): Promise<Response> {
  const name = servedName(call);
  requireManagement(call, 'roll back');
  if (!call.traffic) throw trafficOff();
  const to = trustedArm(name, call.traffic.state(name), call.query.get('to') ?? undefined);
  checkLoaded(name, to.version, servedVersions(call.registry, name));
  call.traffic.rollBack(name, to.name);
  return json(call.traffic.state(name));
}

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson', parquet: 'application/vnd.apache.parquet' } as const;

async function exportLog(call: Call): Promise<Response> {
  const name = servedName(call);
  requireManagement(call, 'tell what others asked');
  if (!call.logs || !call.log) throw notLogged(name);
  const format = (call.query.get('format') ?? 'ndjson') as keyof typeof types;
  await call.log.flush();
  const parts: Uint8Array[] = [];
  for await (const { bytes } of call.logs.export(name, format, {}, call.signal)) parts.push(bytes);
  return new Response(new Blob(parts as BlobPart[]), { headers: { 'Content-Type': types[format] } });
}

async function removeLog(call: Call): Promise<Response> {
  const name = servedName(call);
  requireManagement(call, 'delete what others asked');
  if (!call.logs || !call.log) throw notLogged(name);
  const unit = call.query.get('unit');
  await call.log.flush();
  return json({ removed: await call.logs.remove(name, unit === null ? undefined : { unit }) });
}

/** @throws InputError `unknown-servable` */
function servedName({ registry, named }: Call): string {
  const { name } = wantedOf(named);
  registry.versions(name);
  return name;
}

const notLogged = (name: string): InputError =>
  new InputError('log-off', `Nothing is kept of what "${name}" is asked.`, {
    advice: 'In a page its log is switched on where it is deployed; in Node the server is started with --log FOLDER.',
    place: { model: name },
  });
const trafficOff = (): InputError =>
  new InputError('traffic-off', 'This server does not divide callers.', { advice: 'Start it with --traffic FILE.' });
