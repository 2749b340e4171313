import { sizeOf } from './size';

describe('the size of an archive', () => {
  it.each([
    [0, 0, 'byte'],
    [999, 999, 'byte'],
    [1000, 1, 'kilobyte'],
    [2_500_000, 2.5, 'megabyte'],
    [7_000_000_000_000_000, 7000, 'terabyte'],
  ])('of %d bytes is %d %s', (bytes, value, unit) => {
    expect(sizeOf(bytes)).toEqual({ value, unit });
  });
});
