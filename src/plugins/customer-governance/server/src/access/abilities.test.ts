import { filterFor, REVEAL_ACTION, toFilter, type Ability } from './abilities';

const TYPE = 'api::thing.thing';

type Rule = ReturnType<Ability['rulesFor']>[number];
const abilityWith = (...rules: Rule[]): Ability => ({ can: () => true, rulesFor: () => rules });

describe('what an ability leaves of a type', () => {
  it('is nothing without a rule', () => {
    expect(filterFor(abilityWith(), REVEAL_ACTION, TYPE, 'mobile')).toBeNull();
  });

  it('is nothing when no rule names the attribute, even if one names none at all', () => {
    const ability = abilityWith({ fields: ['name'] }, {});
    expect(filterFor(ability, REVEAL_ACTION, TYPE, 'mobile')).toBeNull();
  });

  it('is everything by a rule without conditions', () => {
    const ability = abilityWith(
      { fields: ['mobile'], conditions: { id: 1 } },
      { fields: ['mobile'] }
    );
    expect(filterFor(ability, REVEAL_ACTION, TYPE, 'mobile')).toEqual({});
  });

  it('is what any of the conditions lets through', () => {
    const ability = abilityWith(
      { fields: ['mobile'], conditions: { $and: [{ $or: [{ 'owner.id': { $in: [1] } }] }] } },
      { fields: ['mobile'], conditions: { 'createdBy.id': 7 } }
    );
    expect(filterFor(ability, REVEAL_ACTION, TYPE, 'mobile')).toEqual({
      $or: [{ $and: [{ $or: [{ owner: { id: { $in: [1] } } }] }] }, { createdBy: { id: 7 } }],
    });
  });

  it('leaves rules that forbid aside: Strapi has none, and one would not widen anything', () => {
    expect(
      filterFor(abilityWith({ fields: ['mobile'], inverted: true }), REVEAL_ACTION, TYPE, 'mobile')
    ).toBeNull();
  });
});

describe('a condition as a database filter', () => {
  it('nests dotted paths beside each other and keeps dates', () => {
    const date = new Date(0);
    expect(toFilter({ 'owner.id': 1, 'owner.level': 'head', at: { $gt: date } })).toEqual({
      owner: { id: 1, level: 'head' },
      at: { $gt: date },
    });
  });

  it('translates the operators whose names differ', () => {
    expect(toFilter({ a: { $nin: [1] }, roles: { $elemMatch: { id: 2 } } })).toEqual({
      a: { $notIn: [1] },
      roles: { id: 2 },
    });
  });
});
