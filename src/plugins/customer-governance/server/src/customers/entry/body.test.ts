import type { Attributes } from './attribute';
import { droppedAttributes, sameValue, unknownKeys } from './body';

const attributes: Attributes = {
  name: { type: 'string' },
  keyCustomer: { type: 'boolean', default: false },
  lastContactOn: { type: 'date' },
  firstContactAt: { type: 'datetime' },
  owner: { type: 'relation', relation: 'manyToOne', target: 'x' },
  purposes: { type: 'relation', relation: 'manyToMany', target: 'x' },
  tags: { type: 'json' },
  createdAt: { type: 'datetime', writable: false },
};
const names = (findings: Array<{ attribute: string }>) =>
  findings.map(({ attribute }) => attribute);
const everything = () => true;

describe('keys that no attribute has', () => {
  it('are named, wherever they were sent', () => {
    const found = unknownKeys(attributes, { name: 'a', nmae: 'b' }, { hobby: 'c', nmae: 'b' });
    expect(names(found)).toEqual(['nmae', 'hobby']);
  });

  it('are not those that Strapi itself understands', () => {
    const own = { id: 1, documentId: 'a', locale: 'en', status: 'draft', __component: 'x' };
    expect(unknownKeys(attributes, own)).toEqual([]);
  });

  it('include the names of what every object has', () => {
    const body = JSON.parse('{"constructor": 1, "toString": 2, "valueOf": 3}');
    expect(names(unknownKeys(attributes, body))).toEqual(['constructor', 'toString', 'valueOf']);
  });
});

describe('attributes that permissions took away', () => {
  const dropped = (body: object, stored: object | null, mayRead = everything) =>
    names(
      droppedAttributes({
        attributes,
        body: body as Record<string, unknown>,
        data: {},
        stored: stored as Record<string, unknown> | null,
        mayRead,
      })
    );

  it('are named when they would have been written', () => {
    expect(dropped({ name: 'a', keyCustomer: true }, null)).toEqual(['name', 'keyCustomer']);
    expect(dropped({ name: 'b' }, { name: 'a' })).toEqual(['name']);
  });

  it('are let pass when the record is the same without them', () => {
    expect(dropped({ name: null, keyCustomer: false, owner: { connect: [] } }, null)).toEqual([]);
    const stored = { name: 'a', owner: { id: 3, documentId: 'abc' } };
    expect(dropped({ name: 'a', owner: { connect: ['abc'] } }, stored)).toEqual([]);
  });

  it('are let pass when a form sends nothing for what it was never shown', () => {
    expect(dropped({ name: null }, { name: 'a' }, () => false)).toEqual([]);
    expect(dropped({ name: null }, { name: 'a' })).toEqual(['name']);
  });

  it('are not those that nobody may write', () => {
    expect(dropped({ createdAt: '2026-01-01T00:00:00Z' }, null)).toEqual([]);
  });
});

describe('a value that was sent', () => {
  const row = { id: 3, documentId: 'abc' };
  it.each<[keyof typeof attributes & string, unknown, unknown, boolean]>([
    ['name', 'a', 'a', true],
    ['name', '', null, true],
    ['name', 'a', null, false],
    ['firstContactAt', '2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00.000Z', true],
    ['firstContactAt', '2026-03-01T08:00:01Z', '2026-03-01T00:00:00.000Z', false],
    ['lastContactOn', '2026-03-01', '2026-03-01', true],
    ['tags', ['a'], ['a'], true],
    ['tags', ['a'], ['b'], false],
    ['tags', '["a"]', ['a'], true],
    ['owner', 3, row, true],
    ['owner', { connect: ['abc'], disconnect: [] }, row, true],
    ['owner', { connect: ['other'], disconnect: ['abc'] }, row, false],
    ['owner', null, row, false],
    ['owner', { disconnect: ['abc'] }, row, false],
    ['owner', { disconnect: ['other'] }, row, true],
    ['owner', true, row, false],
    ['purposes', ['abc'], [row], true],
    ['purposes', [], [row], false],
    ['purposes', { connect: ['abc'] }, [row], true],
    ['purposes', { disconnect: ['abc'] }, [row], false],
  ])('%s: %j over %j leaves it as it is: %s', (name, sent, stored, same) => {
    const attribute = attributes[name];
    expect(attribute && sameValue(attribute, sent, stored)).toBe(same);
  });
});
