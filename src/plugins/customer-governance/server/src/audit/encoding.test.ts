import fc from 'fast-check';
import { canonicalEntry, canonicalJson, type StoredEntry } from './encoding';

const bare: StoredEntry = {
  document_id: '0123456789abcdef01234567',
  at: Date.UTC(2026, 2, 1, 8, 30, 0, 7),
  actor_kind: 'admin',
  actor_id: '7',
  on_behalf_of: null,
  action: 'record.reveal',
  outcome: 'done',
  record_type: null,
  record_ids: null,
  attributes: null,
  purpose: null,
  request_id: null,
  basis: null,
  channel: null,
  address: null,
  correlation_id: null,
  details: null,
  sealed: null,
};

const whole: StoredEntry = {
  ...bare,
  on_behalf_of: 'staff1',
  record_type: 'plugin::customer-governance.customer',
  record_ids: ['b', 'a'],
  attributes: ['mobile'],
  purpose: 'sales',
  request_id: 'request1',
  basis: 'grant',
  channel: 'panel',
  address: '203.0.113.0/24',
  correlation_id: 'c1',
  details: { rows: 2, from: 'x' },
  sealed: { a: 'AQ==' },
};

describe('the canonical encoding of an entry', () => {
  it('leaves out what says nothing', () => {
    expect(canonicalEntry(bare)).toBe(
      '{"action":"record.reveal","actor":{"id":"7","kind":"admin"},"at":"2026-03-01T08:30:00.007Z",' +
        '"id":"0123456789abcdef01234567","outcome":"done","v":1}'
    );
    expect(canonicalEntry({ ...bare, record_ids: [], attributes: '[]', details: '{}' })).toBe(
      canonicalEntry(bare)
    );
  });

  it('is the same whatever form of JSON the database gives: value, text, or the text that PostgreSQL writes', () => {
    for (const sealed of [null, '', { b: 'B Q==', aa: 'A"\\', 三: 'x' }]) {
      const row = { ...whole, sealed };
      // As jsonb is written: shorter names first, and blanks.
      const spaced = (value: unknown) =>
        value &&
        JSON.stringify(value, null, 1)
          .replace(/\n */g, ' ')
          .replace(/([[{]) | ([\]}])/g, '$1$2');
      const asText = {
        ...row,
        record_ids: '["b","a"]',
        details: '{"from":"x","rows":2}',
        sealed: sealed && canonicalJson(sealed),
      };
      const asJsonb = {
        ...row,
        record_ids: '["b", "a"]',
        details: '{"rows": 2, "from": "x"}',
        sealed: spaced(sealed),
      };
      expect(canonicalEntry(asText)).toBe(canonicalEntry(row));
      expect(canonicalEntry(asJsonb)).toBe(canonicalEntry(row));
    }
    expect(canonicalEntry({ ...whole, details: '{"rows": 2' })).not.toBe(canonicalEntry(whole));
  });

  it('is canonical JSON of everything that the entry says', () => {
    const text = canonicalEntry(whole);
    expect(text).toBe(canonicalJson(JSON.parse(text)));
    expect(JSON.parse(text)).toEqual({
      v: 1,
      id: whole.document_id,
      at: '2026-03-01T08:30:00.007Z',
      actor: { kind: 'admin', id: '7' },
      onBehalfOf: 'staff1',
      action: 'record.reveal',
      outcome: 'done',
      recordType: 'plugin::customer-governance.customer',
      recordIds: ['b', 'a'],
      attributes: ['mobile'],
      purpose: 'sales',
      requestId: 'request1',
      basis: 'grant',
      channel: 'panel',
      address: '203.0.113.0/24',
      correlationId: 'c1',
      details: { rows: 2, from: 'x' },
      sealed: { a: 'AQ==' },
    });
  });

  it('is the same whether the database gives JSON as text or as a value, and a time as a number or a date', () => {
    expect(
      canonicalEntry({
        ...whole,
        at: new Date(bare.at),
        record_ids: '["b","a"]',
        attributes: '["mobile"]',
        details: '{"from":"x","rows":2}',
        sealed: '{"a":"AQ=="}',
      })
    ).toBe(canonicalEntry(whole));
  });

  it('sorts the members of any object and changes no value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const again = canonicalJson(value);
        expect(JSON.parse(again)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(again))).toBe(again);
      })
    );
  });

  it.each(Object.keys(whole) as Array<keyof StoredEntry>)('differs when %s differs', (column) => {
    const other = column === 'at' ? 1 : column.includes('ids') ? ['c'] : 'other';
    expect(canonicalEntry({ ...whole, [column]: other } as StoredEntry)).not.toBe(
      canonicalEntry(whole)
    );
  });
});
