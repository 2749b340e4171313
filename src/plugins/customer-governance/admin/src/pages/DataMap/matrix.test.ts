import type { MappedAttribute, MappedType } from '../../api/dataMap';
import { countsOf, narrowed } from './matrix';

const attribute = (name: string, category: string, level: string) =>
  ({ name, category, level }) as MappedAttribute;

const types = [
  {
    uid: 'a',
    attributes: [
      attribute('name', 'identity', 'personal'),
      attribute('residentId', 'identity', 'sensitive'),
      attribute('passport', 'identity', 'sensitive'),
    ],
  },
  { uid: 'b', attributes: [attribute('name', 'identity', 'personal')] },
] as MappedType[];

describe('the matrix of the data map', () => {
  it('counts the attributes of all types by category and level', () => {
    expect(Object.fromEntries(countsOf(types))).toEqual({
      'identity/personal': 2,
      'identity/sensitive': 2,
    });
  });

  it('narrows the types to the attributes of a cell, and leaves out types that have none', () => {
    const left = narrowed(types, { category: 'identity', level: 'sensitive' });
    expect(left.map(({ uid, attributes }) => [uid, attributes.map(({ name }) => name)])).toEqual([
      ['a', ['residentId', 'passport']],
    ]);
    expect(narrowed(types, null)).toEqual(types);
  });
});
