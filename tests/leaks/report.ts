import type { Canary } from './canaries';

/** Where something was found that must not be there. */
export interface Finding {
  channel: string;
  caller: string;
  /** Method and path template of a route, name of a tool, name of a file. */
  place: string;
  /** What was sent, for reproduction. */
  detail: string;
  form: string;
  canaries: Canary[];
}

export interface Counts {
  passed: number;
  failed: number;
  /** What failed, a line each. */
  failures: string[];
}

interface Cell {
  calls: number;
  leaks: Finding[];
  echoes: Finding[];
  /** By route, an example. */
  serverErrors: Map<string, { times: number; example: string }>;
}

/** A column for channels that nobody in particular calls. */
export const NOBODY = '(application)';
const SHOWN_PER_CELL = 12;

/** Counts what was called and keeps what was found, by channel and caller. */
export function createReport(title: string) {
  const cells = new Map<string, Map<string, Cell>>();
  const checks: Array<{ name: string; ok: boolean; detail: string }> = [];
  const planted: Finding[] = [];
  const knownFaults = new Set<string>();

  const cell = (channel: string, caller: string): Cell => {
    const row = cells.get(channel) ?? new Map<string, Cell>();
    cells.set(channel, row);
    const found = row.get(caller) ?? { calls: 0, leaks: [], echoes: [], serverErrors: new Map() };
    row.set(caller, found);
    return found;
  };

  return {
    /** Declares a cell, so that one which is never called shows as failed. */
    expect(channel: string, caller = NOBODY): void {
      cell(channel, caller);
    },
    called(channel: string, caller = NOBODY, times = 1): void {
      cell(channel, caller).calls += times;
    },
    /**
     * Takes a finding for what it is. What was planted is meant to be found and counts for the sweep. What a caller typed
     * at a route of Strapi's own, which asks for nothing of a customer, and gets back, is an echo: shown, not failed, for
     * nobody learnt anything. The log is read by others, so that there it counts like everything else.
     */
    found(finding: Finding): void {
      const labels = finding.canaries.map(({ label }) => label);
      const entry = cell(finding.channel, finding.caller);
      if (labels.some((label) => label.startsWith('planted'))) planted.push(finding);
      else if (labels.every((label) => label === 'typed') && finding.channel !== 'log') {
        entry.echoes.push(finding);
      } else entry.leaks.push(finding);
    },
    serverError(channel: string, caller: string, place: string, example: string): void {
      const { serverErrors } = cell(channel, caller);
      const times = (serverErrors.get(place)?.times ?? 0) + 1;
      serverErrors.set(place, { times, example: serverErrors.get(place)?.example ?? example });
    },
    /** A 500 of Strapi's own that is listed with its reason: said, not failed. */
    knownFault(place: string): void {
      knownFaults.add(place);
    },
    check(name: string, ok: boolean, detail = ''): void {
      checks.push({ name, ok, detail });
    },
    planted: (): readonly Finding[] => planted,

    /** Prints everything. @returns the counts, one check for each cell and for each named check, and what failed. */
    print(): Counts {
      const all = [...cells.values()].flatMap((row) => [...row.values()]);
      console.log(`\n── ${title}: calls by caller and channel, and what was found\n`);
      printTable(cells);
      for (const [channel, row] of cells) {
        for (const [caller, entry] of row) printCell(channel, caller, entry);
      }
      const failedChecks = checks.filter(({ ok }) => !ok);
      for (const { name, detail } of failedChecks) {
        console.log(`  FAILED  ${name}\n          ${detail}`);
      }
      for (const place of knownFaults) console.log(`  known fault of Strapi  ${place}`);
      const held = checks.length - failedChecks.length;
      console.log(
        `\n${title}: ${all.filter(isClean).length} of ${all.length} cells of the table are clean, ` +
          `${held} of ${checks.length} other checks hold`
      );
      const failed = all.length - all.filter(isClean).length + failedChecks.length;
      const unclean = [...cells].flatMap(([channel, row]) =>
        [...row]
          .filter(([, entry]) => !isClean(entry))
          .map(([caller, entry]) => `${channel} as ${caller}: ${firstFault(entry)}`)
      );
      const failures = [...unclean, ...failedChecks.map(({ name }) => name)].map(
        (failure) => `${title}: ${failure}`
      );
      return { passed: all.length + checks.length - failed, failed, failures };
    },
  };
}

const firstFault = ({ calls, leaks, serverErrors }: Cell): string => {
  if (leaks.length > 0) return `${whose(leaks[0])}, as ${leaks[0].form}, in ${leaks[0].place}`;
  return calls === 0 ? 'not called' : `a server error of ${[...serverErrors.keys()][0]}`;
};

export type Report = ReturnType<typeof createReport>;

const isClean = ({ calls, leaks, serverErrors }: Cell): boolean =>
  calls > 0 && leaks.length === 0 && serverErrors.size === 0;

function printCell(channel: string, caller: string, { leaks, serverErrors }: Cell): void {
  // One line for each attribute at each place: a value is found in several forms at once.
  const groups = new Map<string, { finding: Finding; forms: Set<string>; times: number }>();
  for (const finding of leaks) {
    const key = `${finding.place} ${whose(finding)}`;
    const group = groups.get(key) ?? { finding, forms: new Set(), times: 0 };
    group.forms.add(finding.form);
    group.times += 1;
    groups.set(key, group);
  }
  for (const { finding, forms, times } of [...groups.values()].slice(0, SHOWN_PER_CELL)) {
    console.log(
      `  LEAK  ${channel} as ${caller}: ${finding.place}\n` +
        `        ${whose(finding)}, ${times} times, as ${[...forms].slice(0, 4).join('; ')}\n` +
        `        ${finding.detail}`
    );
  }
  if (groups.size > SHOWN_PER_CELL) {
    console.log(`  LEAK  … and ${groups.size - SHOWN_PER_CELL} more as ${caller} in ${channel}`);
  }
  for (const [place, { times, example }] of serverErrors) {
    console.log(`  5xx   ${place} as ${caller} (${times} times)\n        ${example}`);
  }
}

const whose = ({ canaries }: Finding): string =>
  canaries
    .slice(0, 3)
    .map(({ uid, attribute, label }) => `${uid.split('.').at(-1)}.${attribute} (${label})`)
    .join(' or ');

function printTable(cells: Map<string, Map<string, Cell>>): void {
  const callers = [...new Set([...cells.values()].flatMap((row) => [...row.keys()]))];
  const channels = [...cells.keys()];
  const text = (entry: Cell | undefined) => {
    if (!entry) return '·';
    const { calls, leaks, echoes, serverErrors } = entry;
    if (calls === 0) return 'NOT CALLED';
    const found = [
      leaks.length > 0 && `${leaks.length} LEAKS`,
      serverErrors.size > 0 && `${serverErrors.size} 5xx`,
      echoes.length > 0 && `${echoes.length} echoes`,
    ].filter(Boolean);
    return `${calls} ${found.join(' ') || 'clean'}`;
  };
  // One line a caller: there are more callers than fit side by side.
  const head = ['', ...channels];
  const rows = callers.map((caller) => [
    caller,
    ...channels.map((channel) => text(cells.get(channel)?.get(caller))),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)));
  for (const row of [head, ...rows]) {
    const line = row.map((value, at) => value.padEnd(widths[at])).join('  ');
    console.log(line.trimEnd());
  }
}
