import { grantState } from './grants';
import { humanise, personLine, textIn } from './names';

describe('names', () => {
  it.each([
    ['residentId', 'Resident id'],
    ['department-head', 'Department head'],
    ['record.reveal', 'Record reveal'],
    ['legal-hold', 'Legal hold'],
  ])('make %s readable', (word, readable) => {
    expect(humanise(word)).toBe(readable);
  });

  it('show the department where there is one', () => {
    expect(personLine({ name: 'Li Na', department: { name: 'Sales East' } })).toBe(
      'Li Na · Sales East'
    );
    expect(personLine({ name: 'Li Na', department: null })).toBe('Li Na');
    expect(personLine(null)).toBe('—');
  });

  it('are in the language of the reader, where the policy has both', () => {
    const name = { en: 'Customer service', zh: '客户服务' };
    expect(textIn(name, 'zh-Hans')).toBe('客户服务');
    expect(textIn(name, 'de')).toBe('Customer service');
    expect(textIn('客户服务', 'en')).toBe('客户服务');
  });
});

describe('the state of a grant', () => {
  const endsAt = '2025-01-31T12:00:00.000Z';

  it('ends with its term, swept or not', () => {
    expect(grantState({ state: 'active', endsAt }, Date.parse(endsAt) - 1)).toBe('active');
    expect(grantState({ state: 'active', endsAt }, Date.parse(endsAt))).toBe('ended');
  });

  it('stays revoked', () => {
    expect(grantState({ state: 'revoked', endsAt }, Date.parse(endsAt))).toBe('revoked');
  });
});
