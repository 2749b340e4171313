import fc from 'fast-check';
import { assertScopeFilter, type ScopeFilter } from './scope-filter';

const type = {
  attributes: {
    kind: { type: 'enumeration', enum: ['person', 'company'] },
    website: { type: 'string' },
    keyCustomer: { type: 'boolean' },
    visits: { type: 'integer' },
    revenue: { type: 'decimal' },
    lastContactOn: { type: 'date' },
    dormantAt: { type: 'datetime' },
    mobile: { type: 'string' },
    owner: { type: 'relation' },
    needs: { type: 'json' },
  },
  protectedAttributes: ['mobile'],
};

const check = (filter: unknown) => () => assertScopeFilter(filter as ScopeFilter, type);

describe('a filter that chooses the records of a request', () => {
  it.each([
    [{ kind: 'person' }],
    [{ kind: { $eq: 'person' } }],
    [{ $and: [{ kind: { $in: ['person', 'company'] } }, { owner: { id: { $eq: 3 } } }] }],
    [{ $or: [{ owner: { documentId: 'abc' } }, { kind: { $null: true } }] }],
  ])('may be %j', (filter) => {
    expect(check(filter)).not.toThrow();
  });

  it.each([
    ['nothing', {}, 'filter'],
    ['a protected attribute', { mobile: '13800138000' }, 'filter.mobile'],
    ['a protected attribute deep down', { $and: [{ $or: [{ mobile: { $eq: '1' } }] }] }, 'mobile'],
    ['what is no attribute', { wealth: 1 }, 'filter'],
    ['what an object inherits', { constructor: 1 }, 'filter'],
    ['an attribute of something related', { owner: { displayName: '王' } }, 'filter.owner'],
    ['a structured attribute', { needs: 'x' }, 'filter.needs'],
    ['an operator that searches', { kind: { $contains: 'p' } }, 'filter.kind'],
    ['a group that is no list', { $and: { kind: 'person' } }, 'filter.$and'],
    ['a list in the place of an object', { $or: [[]] }, 'filter.$or.0'],
  ])('is refused when it asks for %s', (_what, filter, path) => {
    expect(check(filter)).toThrow(path);
  });

  it.each([
    [{ website: { $in: ['a.example', 'b.example'] } }],
    [{ keyCustomer: true }],
    [{ visits: { $gte: -2147483647 } }],
    [{ revenue: { $between: [0.5, 1e300] } }],
    [{ lastContactOn: { $lte: '2024-02-29' } }],
    [{ dormantAt: { $gt: '2026-01-31T08:00:00.000+08:00', $lt: '2026-02-01' } }],
    [{ owner: { id: { $notIn: [] } } }],
  ])('compares with what an attribute can have: %j', (filter) => {
    expect(check(filter)).not.toThrow();
  });

  it.each([
    ['a word for true', { keyCustomer: 'true' }, 'true or false'],
    ['a word for a number', { visits: '3' }, 'a whole number'],
    ['half of a whole', { visits: { $gt: 0.5 } }, 'a whole number'],
    ['more than a column holds', { visits: { $in: [2147483648] } }, 'a whole number'],
    ['an infinite number', { revenue: JSON.parse('1e999') }, 'a number'],
    ['a day that there is not', { lastContactOn: '2026-02-30' }, 'a day'],
    ['a day before the calendar', { lastContactOn: '0000-01-01' }, 'a day'],
    ['a moment for a day', { lastContactOn: '2026-01-31T00:00:00Z' }, 'a day'],
    ['a day in words', { dormantAt: 'Sat' }, 'a moment'],
    ['a number for a moment', { dormantAt: 1 }, 'a moment'],
    ['a choice that there is not', { kind: 'robot' }, 'one of person, company'],
    ['a character that no database text has', { website: 'a\0b' }, 'a text'],
    ['an endless text', { website: 'a'.repeat(201) }, '200'],
    ['nothing', { website: null }, 'a text'],
    ['nothing by name', { website: { $eq: null } }, 'a text'],
    ['an object', { website: { $eq: {} } }, 'a text'],
    ['a list where there is one value', { visits: { $lt: [1] } }, 'a whole number'],
    ['one value where there is a list', { visits: { $in: 1 } }, 'a list'],
    ['a span without an end', { visits: { $between: [1] } }, 'two values'],
    ['a list that is too long', { visits: { $in: Array(501).fill(1) } }, '500'],
    ['the contrary of being there', { visits: { $null: false } }, 'with true'],
    ['no comparison at all', { visits: {} }, 'a comparison'],
    ['a text for an id', { owner: { id: 'x' } }, 'a whole number'],
    ['an id that is too large', { owner: { id: { $eq: 2 ** 40 } } }, 'a whole number'],
    ['a number for a documentId', { owner: { documentId: 1 } }, 'a text'],
    ['no id', { owner: {} }, 'an id'],
    ['an empty group', { $and: [] }, 'at least one'],
    ['an empty condition', { $or: [{}] }, 'filter.$or.0'],
  ])('is refused when it compares with %s', (_what, filter, message) => {
    expect(check(filter)).toThrow(message);
  });

  it('is refused when it is endless', () => {
    expect(check({ $or: Array.from({ length: 60 }, () => ({ kind: 'person' })) })).toThrow('50');
  });

  it('is taken or refused with a reason, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.oneof(fc.constantFrom('$and', 'kind', 'owner', '$eq'), fc.string()) }),
        (filter) => {
          try {
            assertScopeFilter(filter, type);
          } catch (error) {
            expect((error as Error).name).toBe('ValidationError');
          }
        }
      ),
      { numRuns: 2000 }
    );
  });
});
