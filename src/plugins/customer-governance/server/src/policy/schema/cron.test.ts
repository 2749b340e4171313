import { cronProblem } from './cron';

it.each(['0 2 * * *', '*/15 0-6,22 1,15 * 1-5', '59 23 31 12 7', '  0   2 * * * '])(
  '%s is a cron expression',
  (expression) => {
    expect(cronProblem(expression)).toBeUndefined();
  }
);

it.each([
  ['', 'the five fields'],
  ['0 2 * *', 'the five fields'],
  ['0 0 2 * * *', 'the five fields'],
  ['60 2 * * *', 'minute: 60'],
  ['0 24 * * *', 'hour: 24'],
  ['0 2 0 * *', 'day of the month: 0'],
  ['0 2 * 13 *', 'month: 13'],
  ['0 2 * * 8', 'day of the week: 8'],
  ['0 6-2 * * *', 'hour: 6-2'],
  ['*/0 2 * * *', 'minute: */0'],
  ['1,,2 2 * * *', 'minute: 1,,2'],
  ['0 2 * * mon', 'day of the week: mon'],
])('%s is none, because of its %s', (expression, reason) => {
  expect(cronProblem(expression)).toContain(reason);
});
