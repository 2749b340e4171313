import { fileSize } from './fileSize';

it.each([
  [0, 0, 'byte'],
  [1023, 1023, 'byte'],
  [1024, 1, 'kilobyte'],
  [1536 * 1024, 1.5, 'megabyte'],
  [5 * 1024 ** 4, 5 * 1024, 'gigabyte'],
])('%d bytes are %d of the unit %s', (bytes, value, unit) => {
  expect(fileSize(bytes)).toEqual({ value, unit });
});
