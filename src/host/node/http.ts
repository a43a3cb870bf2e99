/** Answers HTTP requests in Node by what answers a `Request` anywhere. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { InputError } from '../../base/errors.js';

export interface HttpOptions {
  /** 0 takes a free one. */
  port: number;
  host: string;
  /** An origin whose pages may read the answers, or `*`. Left out: none. */
  cors?: string | undefined;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no more requests, and lets those that are being answered be answered. */
  close(): Promise<void>;
}

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** @throws InputError `port-taken` or `cannot-listen` */
export async function serveHttp(handle: (request: Request) => Promise<Response>, { port, host, cors }: HttpOptions): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (cors !== undefined) {
      outgoing.setHeader('Access-Control-Allow-Origin', cors);
      outgoing.setHeader('Access-Control-Expose-Headers', readable);
      if (cors !== '*') outgoing.setHeader('Vary', 'Origin');
    }
    outgoing.setHeader('X-Content-Type-Options', 'nosniff');
    // A page of another site whose name was made to mean this machine would pass for one of its own.
    if (loopback.has(host) && !loopback.has(hostnameOf(incoming.headers.host)))
      return refuse(outgoing, 421, 'This server answers on this machine only.');
    if (incoming.method === 'OPTIONS') return preflight(outgoing, cors);
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    let request: Request;
    try {
      request = requestOf(incoming, gone.signal);
    } catch {
      return refuse(outgoing, 400, 'The request cannot be understood.');
    }
    const response = await handle(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
    await readOn(incoming, request);
  }

  server.listen(port, host);
  try {
    await Promise.race([once(server, 'listening'), once(server, 'error').then(([error]) => Promise.reject(error))]);
  } catch (cause) {
    throw cannotListen(cause as NodeJS.ErrnoException, port, host);
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2)
    headers.append(incoming.rawHeaders[index], incoming.rawHeaders[index + 1]);
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(new URL(incoming.url ?? '/', 'http://localhost'), {
    method,
    headers,
    signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
}

/** Milliseconds. */
const patience = 5_000;

/**
 * What is left of a body that was refused, for a while: who is still sending would not hear the answer from a connection that ends, and what is left
 * would stand before the next request.
 */
async function readOn(incoming: IncomingMessage, { body }: Request): Promise<void> {
  if (incoming.complete || !body) return;
  const late = setTimeout(() => incoming.destroy(), patience);
  try {
    for await (const _ of body as ReadableStream<Uint8Array>);
  } finally {
    clearTimeout(late);
  }
}

const hostnameOf = (host = ''): string => host.replace(/:\d+$/, '');

function refuse(outgoing: ServerResponse, status: number, error: string): void {
  outgoing.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }));
}

const readable = 'Inference-Header-Content-Length, X-Benchwright-Version, X-Benchwright-Arm, X-Benchwright-Prediction';

const allowed = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST',
  'Access-Control-Allow-Headers':
    'Content-Type, Inference-Header-Content-Length, X-Benchwright-Unit, X-Benchwright-Version, Azureml-Model-Deployment',
  'Access-Control-Max-Age': '600',
};

function preflight(outgoing: ServerResponse, cors: string | undefined): void {
  if (cors === undefined) refuse(outgoing, 405, 'OPTIONS is not answered here.');
  else outgoing.writeHead(204, allowed).end();
}

function cannotListen(cause: NodeJS.ErrnoException, port: number, host: string): InputError {
  const isTaken = cause.code === 'EADDRINUSE';
  return new InputError(isTaken ? 'port-taken' : 'cannot-listen', `Port ${port} of ${host} cannot be listened on: ${cause.message}.`, {
    advice: isTaken ? 'Give another with --port; 0 takes a free one.' : 'Give another --port or --host.',
    cause,
    place: { port, host },
  });
}
