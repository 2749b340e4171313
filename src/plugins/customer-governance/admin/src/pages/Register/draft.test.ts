import { bodyOf, emptyDraft } from './draft';

const NOW = new Date('2026-03-02T03:00:00.000Z');

describe('an entry at the counter', () => {
  it('leaves out what is blank', () => {
    expect(bodyOf({ ...emptyDraft('p1'), interest: 'A tractor' }, NOW)).toEqual({
      kind: 'visit',
      at: '2026-03-02T03:00:00.000Z',
      interest: 'A tractor',
    });
  });

  it('sends no details as long as nobody says that some were left', () => {
    const draft = { ...emptyDraft('p1'), name: '王小明' };
    expect(bodyOf(draft, NOW)).not.toHaveProperty('details');
    expect(bodyOf({ ...draft, left: true }, NOW)).toHaveProperty('details', {
      kind: 'person',
      plan: 'p1',
      name: '王小明',
    });
  });

  it('is of a company where the name of one was left', () => {
    const draft = { ...emptyDraft(''), left: true, companyName: '华东机械有限公司' };
    expect(bodyOf(draft, NOW)).toHaveProperty('details.kind', 'company');
  });

  it('has a key of its own each time', () => {
    expect(emptyDraft('').key).toMatch(/^[0-9a-f]{32}$/);
    expect(emptyDraft('').key).not.toBe(emptyDraft('').key);
  });
});
