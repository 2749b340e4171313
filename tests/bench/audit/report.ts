import type { Figure } from './log';

const round = (value: number, places = 3) => Number(value.toFixed(places));

const met = ({ ratio, target, atLeast }: Figure) =>
  atLeast ? ratio.median >= target : ratio.median <= target;

/** What people read. */
export function auditTable(figures: readonly Figure[]): string {
  return figures
    .map((figure) => {
      const { measure, title, ratio, target, atLeast, more } = figure;
      const [low, high] = ratio.quartiles;
      const others = Object.entries(more).map(([name, value]) => `${name} ${round(value, 2)}`);
      return (
        `${measure}: ${ratio.median.toFixed(3)} (middle half ${low.toFixed(2)}–${high.toFixed(2)}), ` +
        `${atLeast ? '≥' : '≤'} ${target} ${met(figure) ? 'met' : 'missed'}\n  ${title}\n  ${others.join(', ')}`
      );
    })
    .join('\n');
}

/** The same for the line of JSON; `null` when it was not measured. */
export function auditJson(figures: readonly Figure[]) {
  if (figures.length === 0) return null;
  return Object.fromEntries(
    figures.map((figure) => [
      figure.measure,
      {
        ratio: round(figure.ratio.median),
        quartiles: figure.ratio.quartiles.map((value) => round(value)),
        spread: round(figure.ratio.quartiles[1] - figure.ratio.quartiles[0]),
        target: figure.target,
        met: met(figure),
        ...Object.fromEntries(
          Object.entries(figure.more).map(([name, value]) => [name, round(value)])
        ),
      },
    ])
  );
}
