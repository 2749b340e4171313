import fc from 'fast-check';
import type { Attribute } from './attribute';
import { readJson, shapeProblem } from './shape';

const text: Attribute = { type: 'text', maxLength: 20 };

describe('the form of a value', () => {
  it.each<[string, Attribute, unknown]>([
    ['text of several lines', text, 'one\ntwo\r\n\tthree'],
    ['full-width and Chinese text', { type: 'string' }, '客户１２３'],
    ['emoji', { type: 'string' }, '👍'],
    ['nothing', text, null],
    ['a value of an enumeration', { type: 'enumeration', enum: ['a', 'b'] }, 'b'],
    ['a boolean', { type: 'boolean' }, false],
    ['a whole number', { type: 'integer' }, 12],
    ['a day', { type: 'date' }, '2028-02-29'],
    ['a moment', { type: 'datetime' }, '2026-03-01T09:30:00.000Z'],
    ['a moment with an offset', { type: 'datetime' }, '2026-03-01T09:30:00+08:00'],
    ['a date object', { type: 'datetime' }, new Date(0)],
    ['a list', { type: 'json' }, ['a']],
  ])('may be %s', (_what, attribute, value) => {
    expect(shapeProblem(attribute, value)).toBeNull();
  });

  it.each<[string, Attribute, unknown, RegExp]>([
    ['a list where text is expected', text, ['x'], /must be text/],
    ['a number where text is expected', text, 5, /must be text/],
    ['over-long text', text, 'x'.repeat(21), /at most 20/],
    ['a NUL', text, 'a\0b', /control characters/],
    ['an escape', text, 'a\u001b[31m', /control characters/],
    ['a carriage return by itself', text, 'a\rb', /control characters/],
    ['a C1 control', text, 'a\u0085b', /control characters/],
    ['a value that the enumeration lacks', { type: 'enumeration', enum: ['a'] }, 'b', /one of a/],
    ['a list for an enumeration', { type: 'enumeration', enum: ['a'] }, ['a'], /one of a/],
    ['a word for a boolean', { type: 'boolean' }, 'yes', /true or false/],
    ['a fraction', { type: 'integer' }, 1.5, /whole number/],
    ['a number beyond the column', { type: 'integer' }, 2 ** 31, /whole number/],
    ['a day that does not exist', { type: 'date' }, '2026-02-30', /day of the calendar/],
    ['a day in words', { type: 'date' }, 'tomorrow', /day of the calendar/],
    ['a day of the year 0', { type: 'date' }, '0000-01-01', /day of the calendar/],
    [
      'a moment beyond four digits',
      { type: 'datetime' },
      '9999-12-31T23:59:59-14:00',
      /date and time/,
    ],
    ['an invalid date object', { type: 'datetime' }, new Date('x'), /date and time/],
    ['text for JSON', { type: 'json' }, 'customer.mobile', /must be JSON/],
    ['a moment without its day', { type: 'datetime' }, '09:30', /date and time/],
    ['a moment on a day that does not exist', { type: 'datetime' }, '2026-02-30T00:00Z', /date/],
    ['an object for a moment', { type: 'datetime' }, { $gt: 1 }, /date and time/],
    ['a NUL within JSON', { type: 'json' }, { a: '\0' }, /control characters/],
    ['JSON beyond all measure', { type: 'json' }, ['x'.repeat(100_001)], /too long/],
  ])('may not be %s', (_what, attribute, value, reason) => {
    expect(shapeProblem(attribute, value)).toMatch(reason);
  });

  it('is judged without an error and without quoting the value', () => {
    const types = ['string', 'enumeration', 'boolean', 'integer', 'date', 'datetime', 'json'];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.jsonValue(), (type, value) => {
        const problem = shapeProblem({ type, enum: ['a'] }, value);
        if (typeof value === 'string' && value.length > 12) {
          expect(problem ?? '').not.toContain(value);
        }
      })
    );
  });
});

describe('a JSON attribute', () => {
  it("is read from the text that the panel's editor sends", () => {
    expect(readJson('["customer.mobile"]')).toEqual(['customer.mobile']);
    expect(readJson('')).toBeNull();
    expect(readJson('[')).toBe('[');
    expect(readJson(['a'])).toEqual(['a']);
  });
});
