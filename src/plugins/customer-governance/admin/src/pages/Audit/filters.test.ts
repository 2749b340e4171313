import {
  dateOf,
  dayAfter,
  dayOf,
  entriesPath,
  exportPath,
  filtersFrom,
  momentOf,
  NO_FILTERS,
  timeOf,
  toSearch,
} from './filters';

const queryOf = (path: string): URLSearchParams => new URLSearchParams(path.split('?')[1] ?? '');

describe('the filters of the audit log', () => {
  it('survive the way through the address', () => {
    const filters = {
      ...NO_FILTERS,
      actor: 'staff:abc',
      action: 'record.reveal',
      from: '2025-03-01T08:30',
    };
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

  it('take a time as its whole minute', () => {
    const moment = '2025-03-01T08:30';
    const query = queryOf(entriesPath({ ...NO_FILTERS, from: moment, to: moment }));
    expect(query.get('from')).toBe(new Date(2025, 2, 1, 8, 30).toISOString());
    expect(query.get('to')).toBe(new Date(2025, 2, 1, 8, 30, 59, 999).toISOString());
  });

  it('ignore a day that is none', () => {
    expect(dateOf('yesterday')).toBeUndefined();
    expect(queryOf(entriesPath({ ...NO_FILTERS, from: 'yesterday' })).has('from')).toBe(false);
  });

  it('write days and times as they read them', () => {
    expect(dayOf(dateOf('2025-12-31T10:00'))).toBe('2025-12-31');
    expect(dayOf(undefined)).toBe('');
    expect(timeOf(momentOf('2025-12-31', '09:45'))).toBe('09:45');
    expect(momentOf('', '09:45')).toBe('');
    expect(dayAfter('2025-12-31', 1)).toBe('2026-01-01');
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('go into the file as they are', () => {
    expect(exportPath({ recordId: 'abc', related: 'true', from: undefined }, 'csv')).toBe(
      '/customer-governance/audit-entries/export?recordId=abc&related=true&format=csv'
    );
  });
});
