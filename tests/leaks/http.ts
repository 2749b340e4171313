import http from 'node:http';
import type { Canary } from './canaries';
import type { Caller } from './callers';
import { knownFault } from './known-faults';
import type { Report } from './report';
import type { Search } from './search';

export interface Call {
  method: string;
  /** As the application's router has it; names the route in the report. */
  template: string;
  path: string;
  /** Query string without the question mark. */
  query?: string;
  /** Sent as JSON unless it is text already, which goes out as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  /** Body as text. */
  text: string;
  json: () => unknown;
}

/** Whether a canary may stand in the answer to a call: the allow-list. */
export type Allowed = (caller: Caller, call: Call, canary: Canary) => boolean;

const MAX_WAIT_MS = 120_000;
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

interface Raw {
  status: number;
  message: string;
  headers: string[];
  body: Buffer;
}

function send(url: string, call: Call, headers: Record<string, string>): Promise<Raw> {
  const { body } = call;
  const payload =
    body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
      ? body
      : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(
      url + call.path + (call.query ? `?${call.query}` : ''),
      {
        method: call.method,
        agent,
        headers: {
          accept: 'application/json, text/event-stream, */*',
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...(payload === undefined
            ? {}
            : { 'content-length': String(Buffer.byteLength(payload)) }),
          ...headers,
          ...call.headers,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            message: response.statusMessage ?? '',
            headers: response.rawHeaders,
            body: Buffer.concat(parts),
          })
        );
      }
    );
    request.setTimeout(MAX_WAIT_MS, () => request.destroy(new Error('no answer in two minutes')));
    request.on('error', reject);
    request.end(payload);
  });
}

/**
 * Calls the application and searches the whole answer: status text, headers (and with them where a redirect leads), body.
 * Whatever is found and not on the allow-list goes into the report, as does an answer of 500 and above.
 */
export function createClient(url: string, report: Report, search: Search, allowed: Allowed) {
  return async function call(channel: string, caller: Caller, request: Call): Promise<Answer> {
    report.called(channel, caller.name);
    const place = `${request.method} ${request.template}`;
    let raw: Raw;
    try {
      raw = await send(url, request, caller.headers);
    } catch (error) {
      report.serverError(channel, caller.name, place, String(error));
      return { status: 0, text: '', json: () => null };
    }
    const detail = describe(request, raw.status);
    if (raw.status >= 500 && knownFault(place)) report.knownFault(place);
    else if (raw.status >= 500) {
      report.serverError(
        channel,
        caller.name,
        place,
        `${detail} answered ${raw.body.toString('utf8').slice(0, 200)}`
      );
    }
    const head = Buffer.from(`${raw.message}\n${raw.headers.join('\n')}\n`, 'utf8');
    for (const { form, canaries } of search(Buffer.concat([head, raw.body]))) {
      if (canaries.some((canary) => allowed(caller, request, canary))) continue;
      report.found({ channel, caller: caller.name, place, detail, form, canaries });
    }
    const text = raw.body.toString('utf8');
    return { status: raw.status, text, json: () => parse(text) };
  };
}

export type Client = ReturnType<typeof createClient>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const MAX_SHOWN = 240;

/** Canaries are made up, so a reproduction may show them. */
function describe({ path, query, body }: Call, status: number): string {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const address = path + (query ? `?${query}` : '');
  const cut = (text: string) => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
  return `${status} ${cut(address)}${sent === undefined ? '' : ` with ${cut(sent)}`}`;
}

/** Runs the work with a few tasks at a time. */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  width = 6
): Promise<void> {
  const queue = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    })
  );
}
