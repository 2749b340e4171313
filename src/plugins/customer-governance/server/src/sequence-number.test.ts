import { sequenceNumber } from './sequence-number';

const numbers = sequenceNumber('A', 4);

it('a number begins with one in each year and follows the last one', () => {
  expect(numbers.next('2030', null)).toBe('A-2030-0001');
  expect(numbers.next('2030', 'A-2030-0041')).toBe('A-2030-0042');
  expect(numbers.next('2031', 'A-2030-0041')).toBe('A-2031-0001');
});

it('a number grows beyond its digits', () => {
  expect(numbers.next('2030', 'A-2030-9999')).toBe('A-2030-10000');
  expect(numbers.next('2030', 'A-2030-10000')).toBe('A-2030-10001');
});

it('a number of another sequence is none of this one', () => {
  expect(numbers.next('2030', 'D-2030-00041')).toBe('A-2030-0001');
});
