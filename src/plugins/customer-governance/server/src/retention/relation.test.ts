import { targetOf } from './relation';

describe('where a to-one relation points after a write', () => {
  it.each([
    ['is not in the write', undefined, 7],
    ['is taken away', null, null],
    ['is an id', 3, 3],
    ['is an id written as text', '3', 3],
    ['is an object with an id', { id: 3 }, 3],
    ['is a list', [{ id: 2 }, { id: 3 }], 3],
    ['is set', { set: [{ id: 3 }] }, 3],
    ['is set to nothing', { set: [] }, null],
    ['is set to null', { set: null }, null],
    ['is connected', { connect: [{ id: 3 }], disconnect: [{ id: 7 }] }, 3],
    ['is disconnected', { connect: [], disconnect: [{ id: 7 }] }, null],
    ['comes with a form that was not touched', { connect: [], disconnect: [] }, 7],
    ['disconnects another record', { disconnect: [{ id: 9 }] }, 7],
  ])('is found when it %s', (_case, value, expected) => {
    expect(targetOf(value, 7)).toBe(expected);
  });
});
