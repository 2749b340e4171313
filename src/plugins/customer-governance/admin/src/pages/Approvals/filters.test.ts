import { filtersFrom, inboxPath, isFiltered, NO_FILTERS, withFilters } from './filters';

describe('the filters of the inbox', () => {
  it('are read from the address, and nothing else is', () => {
    const search = new URLSearchParams('tab=decided&kind=use&overdue=true&colour=red');
    expect(filtersFrom(search)).toEqual({ ...NO_FILTERS, kind: 'use', overdue: 'true' });
  });

  it('go into the address, which keeps all else that it has', () => {
    const search = new URLSearchParams('tab=decided&kind=use');
    const next = withFilters(search, { ...NO_FILTERS, requester: ' 李娜 ' });
    expect(Object.fromEntries(next)).toEqual({ tab: 'decided', requester: '李娜' });
  });

  it('are told from an inbox that is not filtered', () => {
    expect(isFiltered(NO_FILTERS)).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, requester: '  ' })).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, inPlace: 'true' })).toBe(true);
  });

  it('are asked of the server only where they are set', () => {
    expect(inboxPath('pending', NO_FILTERS)).toBe('/customer-governance/approvals?state=pending');
    expect(inboxPath('decided', { ...NO_FILTERS, requester: ' a&b ', inPlace: 'true' })).toBe(
      '/customer-governance/approvals?state=decided&requester=a%26b&inPlace=true'
    );
  });
});
