import { ordinaryUse, withOrdinaryUse } from './stages';

describe('a list of customers', () => {
  it('leaves out who is not in ordinary use, beside its own filter', () => {
    expect(withOrdinaryUse(undefined)).toEqual(ordinaryUse());
    expect(withOrdinaryUse({})).toEqual(ordinaryUse());
    const filters = { industry: { $eq: 'Steel' } };
    expect(withOrdinaryUse(filters)).toEqual({ $and: [filters, ordinaryUse()] });
  });

  it.each([
    [{ stage: { $eq: 'dormant' } }],
    [{ $and: [{ industry: 'Steel' }, { $or: [{ stage: 'invalid' }] }] }],
    [{ $not: { stage: 'active' } }],
    [{ documentId: { $in: ['a'] } }],
  ])('shows them to whoever chooses stages or customers: %j', (filters) => {
    expect(withOrdinaryUse(filters)).toBe(filters);
  });

  it('does not take the id of something else for a customer chosen', () => {
    const filters = { owner: { id: 7 } };
    expect(withOrdinaryUse(filters)).toEqual({ $and: [filters, ordinaryUse()] });
  });
});
