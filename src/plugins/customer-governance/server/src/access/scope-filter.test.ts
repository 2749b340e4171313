import fc from 'fast-check';
import { assertScopeFilter, type ScopeFilter } from './scope-filter';

const type = {
  attributes: {
    kind: { type: 'enumeration' },
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
