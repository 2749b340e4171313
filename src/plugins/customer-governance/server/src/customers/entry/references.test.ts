import fc from 'fast-check';
import { names, readToMany, readToOne } from './references';

const wrong = { kind: 'wrong', reason: expect.any(String) };

describe('a relation to one record', () => {
  it.each([
    ['is left alone when it is not sent', undefined, { kind: 'keep' }],
    ['is left alone by an untouched form', { connect: [], disconnect: [] }, { kind: 'keep' }],
    ['is emptied by null', null, { kind: 'set', reference: null }],
    ['is emptied by an empty list', [], { kind: 'set', reference: null }],
    ['is emptied by an empty set', { set: [] }, { kind: 'set', reference: null }],
    ['is emptied by a null set', { set: null }, { kind: 'set', reference: null }],
    ['is set by a row id', 7, { kind: 'set', reference: { id: 7 } }],
    ['is set by a row id in text', '7', { kind: 'set', reference: { id: 7 } }],
    ['is set by a documentId', 'abc', { kind: 'set', reference: { documentId: 'abc' } }],
    ['is set by { id }', { id: 7 }, { kind: 'set', reference: { id: 7 } }],
    [
      'goes by the documentId where both are there',
      { id: 7, documentId: 'abc', locale: null },
      { kind: 'set', reference: { documentId: 'abc' } },
    ],
    [
      'is set by the panel',
      { connect: [{ id: 7, documentId: 'abc', position: { end: true } }], disconnect: [] },
      { kind: 'set', reference: { documentId: 'abc' } },
    ],
    [
      'is replaced by the panel',
      { connect: [{ documentId: 'abc' }], disconnect: [{ documentId: 'old' }] },
      { kind: 'set', reference: { documentId: 'abc' } },
    ],
    ['takes one in a list', ['abc'], { kind: 'set', reference: { documentId: 'abc' } }],
    [
      'takes connect without a list',
      { connect: 'abc' },
      { kind: 'set', reference: { documentId: 'abc' } },
    ],
    [
      'loses what is disconnected',
      { disconnect: [{ id: 7 }] },
      { kind: 'remove', references: [{ id: 7 }] },
    ],
  ])('%s', (_what, value, expected) => {
    expect(readToOne(value)).toEqual(expected);
  });

  it.each([
    ['two records', ['a', 'b']],
    ['two connected records', { connect: ['a', 'b'] }],
    ['an empty text', ''],
    ['an empty object', {}],
    ['true', true],
    ['a fraction', 1.5],
    ['a negative id', -1],
    ['an id beyond the column', 99_999_999_999],
    ['a text that is no id', "x' OR 1=1"],
    ['a nested list', [[1]]],
    ['an object as id', { id: { $gt: 0 } }],
    ['a number as documentId', { documentId: 5 }],
    ['null within connect', { connect: [null] }],
  ])('is not given by %s', (_what, value) => {
    expect(readToOne(value)).toEqual(wrong);
  });
});

describe('a relation to many records', () => {
  it.each([
    ['is left alone by an untouched form', { connect: [], disconnect: [] }, { kind: 'keep' }],
    ['is emptied by an empty list', [], { kind: 'set', references: [] }],
    ['is set by a list', ['a', 2], { kind: 'set', references: [{ documentId: 'a' }, { id: 2 }] }],
    ['is set by set', { set: ['a'] }, { kind: 'set', references: [{ documentId: 'a' }] }],
    [
      'is changed by connect and disconnect',
      { connect: ['a'], disconnect: [{ id: 1 }] },
      { kind: 'change', connect: [{ documentId: 'a' }], disconnect: [{ id: 1 }] },
    ],
    ['is not given by true', true, wrong],
    ['is not given by more than 500', Array(501).fill(1), wrong],
  ])('%s', (_what, value, expected) => {
    expect(readToMany(value)).toEqual(expected);
  });
});

describe('any value at all', () => {
  it('is read without an error, and what is read names something possible', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const one = readToOne(value);
        readToMany(value);
        if (one.kind === 'set' && one.reference && 'id' in one.reference) {
          expect(one.reference.id).toBeGreaterThan(0);
          expect(one.reference.id).toBeLessThan(2 ** 31);
        }
      })
    );
  });
});

it('recognises the row that a reference names', () => {
  const row = { id: 7, documentId: 'abc' };
  expect(names({ id: 7 }, row)).toBe(true);
  expect(names({ documentId: 'abc' }, row)).toBe(true);
  expect(names({ documentId: '7' }, row)).toBe(false);
});
