import { dateOf, dayOf, entriesPath, filtersFrom, NO_FILTERS, toSearch } from './filters';

const queryOf = (path: string): URLSearchParams => new URLSearchParams(path.split('?')[1] ?? '');

describe('the filters of the audit log', () => {
  it('survive the way through the address', () => {
    const filters = { ...NO_FILTERS, actor: '7', action: 'record.reveal', from: '2025-03-01' };
    expect(filtersFrom(new URLSearchParams(toSearch(filters)))).toEqual(filters);
  });

  it('leave out what is not set', () => {
    expect(toSearch({ ...NO_FILTERS, recordId: '  ', outcome: 'refused' })).toEqual({
      outcome: 'refused',
    });
    expect(entriesPath(NO_FILTERS)).toBe('/customer-governance/audit-entries');
  });

  it('take both ends of a period as whole days of the reader', () => {
    const query = queryOf(entriesPath({ ...NO_FILTERS, from: '2025-03-01', to: '2025-03-01' }));
    expect(query.get('from')).toBe(new Date(2025, 2, 1).toISOString());
    expect(query.get('to')).toBe(new Date(2025, 2, 1, 23, 59, 59, 999).toISOString());
  });

  it('ignore a day that is none', () => {
    expect(dateOf('yesterday')).toBeUndefined();
    expect(queryOf(entriesPath({ ...NO_FILTERS, from: 'yesterday' })).has('from')).toBe(false);
  });

  it('write days as they read them', () => {
    expect(dayOf(dateOf('2025-12-31'))).toBe('2025-12-31');
    expect(dayOf(undefined)).toBe('');
  });
});
