import { wishOf } from './join-columns';

describe('what a write says of a to-one relation', () => {
  it.each([
    ['a documentId', 'abc', { documentId: 'abc' }],
    ['an id', 5, { id: 5 }],
    ['an id as text', '5', { id: 5 }],
    ['an object with a documentId', { id: 5, documentId: 'abc' }, { documentId: 'abc' }],
    ['an object with an id', { id: 5 }, { id: 5 }],
    ['a list', ['abc', 'def'], { documentId: 'def' }],
    ['an empty list', [], null],
    ['null', null, null],
    ['set', { set: ['abc'] }, { documentId: 'abc' }],
    ['an empty set', { set: [] }, null],
    [
      'the connect of a form',
      { connect: [{ id: 5, documentId: 'abc' }], disconnect: [] },
      { documentId: 'abc' },
    ],
    ['the disconnect of a form', { connect: [], disconnect: [{ id: 5 }] }, null],
    ['the untouched relation of a form', { connect: [], disconnect: [] }, undefined],
    ['nothing at all', undefined, undefined],
    ['what is no relation', true, undefined],
  ])('is read from %s', (_case, value, expected) => {
    expect(wishOf(value)).toEqual(expected);
  });
});
