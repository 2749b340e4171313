import type { Figure } from './audit/log';
import { auditJson } from './audit/report';
import type { Options } from './options';
import type { Result } from './run';
import type { Summary } from './statistics';
import { sweepJson, type SweepFigures } from './sweep/sweep';

/** The names that the targets speak of; the others are told besides. */
export const HEADLINE = ['list_masked', 'read_masked', 'list_revealed', 'create'];

const round = (value: number, places = 3) => Number(value.toFixed(places));
const percent = (value: number) => `${value < 0 ? '' : '+'}${(value * 100).toFixed(1)} %`;
const range = ([low, high]: [number, number]) => `${low.toFixed(2)}–${high.toFixed(2)}`;
const thousands = (rows: number) => rows.toLocaleString('en-US');

/** Met or missed by the median; in doubt where the target lies within what the median may truly be. */
function verdict({ ratio, target }: Result): string {
  const [low, high] = ratio.interval;
  const doubt = low < target && high >= target ? ', within the noise' : '';
  return (ratio.median >= target ? 'met' : 'missed') + doubt;
}

/** The table that people read. */
export const table = (results: readonly Result[]) => tableOf(results, ['governed/s', 'plain/s']);

/** The same of access at scale: with the crowd against without. */
export const scaleTable = (results: readonly Result[]) => tableOf(results, ['crowd/s', 'none/s']);

function tableOf(results: readonly Result[], sides: [string, string]): string {
  if (results.length === 0) return '';
  const lines = [
    [
      '',
      'rows',
      'pairs',
      ...sides,
      'ratio',
      'middle half',
      '95 % of median',
      'by processor',
      'target',
      '',
    ],
    ...results.map((result) => [
      result.measure,
      thousands(result.rows),
      String(result.pairs),
      result.governed.median.toFixed(0),
      result.plain.median.toFixed(0),
      result.ratio.median.toFixed(3),
      range(result.ratio.quartiles),
      range(result.ratio.interval),
      result.processor.median.toFixed(3),
      `≥ ${result.target.toFixed(2)}`,
      verdict(result),
    ]),
  ];
  const widths = lines[0]?.map((_, at) =>
    Math.max(...lines.map((line) => (line[at] ?? '').length))
  );
  const text = lines.map((line) =>
    line
      .map((cell, at) => {
        const width = widths?.[at] ?? 0;
        return at === 0 || at === line.length - 1 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd()
  );
  const titles = [...new Map(results.map(({ measure, title }) => [measure, title]))];
  const notes = titles.map(([name, title]) => `  ${name}: ${title}`);
  return [...text, '', ...changes(results), ...notes].join('\n');
}

function changes(results: readonly Result[]): string[] {
  const change = changeOf(results);
  const [least, most] = ends(results);
  if (least === most) return [];
  const told = Object.entries(change).map(([name, value]) => `${name} ${percent(value)}`);
  return [
    `Change of the ratios from ${thousands(least)} to ${thousands(most)} rows: ${told.join(', ')}`,
    '',
  ];
}

/** Relative change of each ratio from the smallest size to the largest. */
function changeOf(results: readonly Result[]): Record<string, number> {
  const [least, most] = ends(results);
  if (least === most) return {};
  const at = (rows: number) =>
    new Map(results.filter((r) => r.rows === rows).map((r) => [r.measure, r.ratio.median]));
  const small = at(least);
  return Object.fromEntries(
    [...at(most)].map(([name, ratio]) => [name, round(ratio / (small.get(name) ?? ratio) - 1)])
  );
}

function ends(results: readonly Result[]): [number, number] {
  const sizes = results.map(({ rows }) => rows);
  return [Math.min(...sizes), Math.max(...sizes)];
}

const middle = (summary: Summary) => ({
  median: round(summary.median, 1),
  quartiles: summary.quartiles.map((value) => round(value, 1)),
});

/** Throughput with the crowd to throughput without; `null` when it was not measured. */
function atScale(results: readonly Result[]) {
  if (results.length === 0) return null;
  const byName = <T>(value: (result: Result) => T) =>
    Object.fromEntries(
      results.map((result) => [result.measure.split('.').pop() as string, value(result)])
    );
  return {
    ratios: byName(({ ratio }) => round(ratio.median)),
    spread: byName(({ ratio }) => round(ratio.quartiles[1] - ratio.quartiles[0])),
    processor: byName(({ processor }) => round(processor.median)),
    target: results[0]?.target,
    met: byName(({ ratio, target }) => ratio.median >= target),
    pairs: byName(({ pairs }) => pairs),
    crowdPerSecond: byName(({ governed }) => middle(governed)),
    nonePerSecond: byName(({ plain }) => middle(plain)),
  };
}

/** One line of JSON: at the top the ratios at the largest size, below everything by size. */
export function json(
  results: readonly Result[],
  scale: readonly Result[],
  audit: readonly Figure[],
  sweep: SweepFigures | null,
  destroy: readonly Figure[],
  imported: readonly Figure[],
  options: Options
): string {
  const [, most] = ends(results);
  const largest = results.filter(({ rows }) => rows === most);
  const byName = <T>(of: readonly Result[], value: (result: Result) => T) =>
    Object.fromEntries(of.map((result) => [result.measure, value(result)]));
  return JSON.stringify({
    ratios: byName(largest, ({ ratio }) => round(ratio.median)),
    /** Interquartile range of the ratios of the pairs. */
    spread: byName(largest, ({ ratio }) => round(ratio.quartiles[1] - ratio.quartiles[0])),
    rows: most,
    targets: byName(largest, ({ target }) => target),
    met: byName(
      largest.filter(({ measure }) => HEADLINE.includes(measure)),
      ({ ratio, target }) => ratio.median >= target
    ),
    change: changeOf(results),
    access_at_scale: atScale(scale),
    audit: auditJson(audit),
    sweep: sweepJson(sweep),
    destroy: auditJson(destroy)?.destroy ?? null,
    ...Object.fromEntries(imported.map(({ measure, ratio }) => [measure, round(ratio.median)])),
    import: auditJson(imported),
    database: options.database,
    requestsPerBlock: options.requestsPerBlock,
    concurrency: options.concurrency,
    seed: options.seed,
    sizes: [...new Set(results.map(({ rows }) => rows))].map((rows) => ({
      rows,
      measures: byName(
        results.filter((result) => result.rows === rows),
        ({ ratio, pairs, processor, governed, plain }) => ({
          ratio: round(ratio.median),
          pairs,
          quartiles: ratio.quartiles.map((value) => round(value)),
          interval: ratio.interval.map((value) => round(value)),
          processor: round(processor.median),
          governedPerSecond: middle(governed),
          plainPerSecond: middle(plain),
        })
      ),
    })),
  });
}
