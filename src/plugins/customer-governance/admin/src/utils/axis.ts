/** A rounded figure not below the highest, for the top of an axis: 1, 2 or 5 times a power of ten. */
export const axisTop = (highest: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  return power * ([1, 2, 5].find((step) => step * power >= highest) ?? 10);
};
