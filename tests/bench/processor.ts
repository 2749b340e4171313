import type { Profiler, Runtime } from 'node:inspector';
import { Session } from 'node:inspector/promises';

/** A span on the clock that the profiler reads too, in microseconds. */
export type Span = [from: number, to: number];
export const now = () => Number(process.hrtime.bigint() / 1000n);

/** Milliseconds of processor time within the spans of one side. */
export interface Usage {
  /** By package, for the time within its own functions. */
  parts: Map<string, number>;
  /** By function of the plugin, with all that it called before it first waited for something. */
  functions: Map<string, number>;
}

const SAMPLING_MICROSECONDS = 250;
/** A sample that comes later than this says that something else had the processor, not that the function took so long. */
const LATE_MICROSECONDS = 4 * SAMPLING_MICROSECONDS;
const NOT_WORK = new Set(['(idle)', '(root)']);

/** Takes a profile of the application while `work` runs. */
export async function profileWhile(work: () => Promise<void>): Promise<Profiler.Profile> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_MICROSECONDS });
    await session.post('Profiler.start');
    await work();
    return (await session.post('Profiler.stop')).profile;
  } finally {
    session.disconnect();
  }
}

/** What of a profile lies within the spans, which are in the order of time. */
export function usageWithin(profile: Profiler.Profile, spans: readonly Span[]): Usage {
  const own = new Map<number, number>();
  const { startTime, samples = [], timeDeltas = [] } = profile;
  let at = startTime;
  let turn = 0;
  for (const [index, node] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    at += delta;
    while (turn < spans.length && at > (spans[turn]?.[1] ?? 0)) turn += 1;
    const [from = Infinity] = spans[turn] ?? [];
    if (at <= from) continue;
    own.set(node, (own.get(node) ?? 0) + Math.min(delta, LATE_MICROSECONDS) / 1000);
  }
  return { parts: partsOf(profile, own), functions: functionsOf(profile, own) };
}

type Milliseconds = ReadonlyMap<number, number>;

function partsOf({ nodes }: Profiler.Profile, own: Milliseconds): Map<string, number> {
  const parts = new Map<string, number>();
  for (const { id, callFrame } of nodes) {
    const name = part(callFrame);
    const time = own.get(id);
    if (name && time) parts.set(name, (parts.get(name) ?? 0) + time);
  }
  return parts;
}

/** The package that a function belongs to; what the engine does itself goes by its name. */
function part({ functionName, url }: Runtime.CallFrame): string | null {
  if (NOT_WORK.has(functionName)) return null;
  const [, inPackage] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (inPackage) return inPackage;
  if (isPlugin(url)) return 'customer-governance';
  return url.startsWith('node:') ? 'node' : `native ${functionName}`;
}

const isPlugin = (url: string) => url.includes('/customer-governance/dist/');

function functionsOf({ nodes }: Profiler.Profile, own: Milliseconds): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const functions = new Map<string, number>();
  const visit = (id: number, above: ReadonlySet<string>): number => {
    const node = byId.get(id);
    if (!node) return 0;
    const { functionName, url, lineNumber } = node.callFrame;
    const name = isPlugin(url) ? functionName || `line ${lineNumber + 1}` : null;
    const within = name ? new Set([...above, name]) : above;
    let time = own.get(id) ?? 0;
    for (const child of node.children ?? []) time += visit(child, within);
    // A function that calls itself counts once.
    if (name && !above.has(name)) functions.set(name, (functions.get(name) ?? 0) + time);
    return time;
  };
  const [root] = nodes;
  if (root) visit(root.id, new Set());
  return functions;
}
