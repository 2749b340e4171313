import { EMPTY_FILTER, holdFilter, readFilter } from './filter';

describe('the form of a hold by filter', () => {
  it('makes nothing of an empty form', () => {
    expect(holdFilter(EMPTY_FILTER)).toBeNull();
  });

  it('makes a filter of what is filled in, which can be read back', () => {
    const filter = holdFilter({
      ...EMPTY_FILTER,
      kind: 'company',
      department: 'abc',
      keyCustomer: 'no',
      lastContactTo: '2025-12-31',
    });
    expect(filter).toEqual({
      $and: [
        { kind: { $eq: 'company' } },
        { department: { documentId: { $eq: 'abc' } } },
        { keyCustomer: { $eq: false } },
        { lastContactOn: { $lte: '2025-12-31' } },
      ],
    });
    expect(readFilter(filter!)).toEqual([
      { attribute: 'kind', operator: '$eq', values: ['company'] },
      { attribute: 'department', operator: '$eq', values: ['abc'] },
      { attribute: 'keyCustomer', operator: '$eq', values: ['false'] },
      { attribute: 'lastContactOn', operator: '$lte', values: ['2025-12-31'] },
    ]);
  });

  it('leaves alternatives to be shown as they stand', () => {
    expect(readFilter({ $or: [{ kind: 'person' }] })).toBeNull();
    expect(readFilter({ kind: 'person', keyCustomer: { $in: [true] } })).toHaveLength(2);
  });
});
