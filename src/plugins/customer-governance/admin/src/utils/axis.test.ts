import { axisTop } from './axis';

describe('the axis of a chart', () => {
  it('holds the highest bar', () => {
    expect([0, 1, 2, 3, 7, 10, 11, 499, 1001].map(axisTop)).toEqual([
      1, 1, 2, 5, 10, 10, 20, 500, 2000,
    ]);
  });
});
