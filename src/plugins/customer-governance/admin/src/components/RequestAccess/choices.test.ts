import { byLevel, choicesOfLevels, withLevels } from './choices';

const label = (_type: string, attribute: string): string => attribute.toUpperCase();

describe('the attributes that may be asked for', () => {
  it('are grouped from the least to the most sensitive, the unknown last', () => {
    const groups = byLevel([
      { name: 'notes', label: 'Notes' },
      { name: 'residentId', label: 'Resident ID', level: 'sensitive' },
      { name: 'industry', label: 'Industry', level: 'internal' },
      { name: 'passport', label: 'Passport', level: 'sensitive' },
    ]);
    expect(groups.map(({ level, choices }) => [level, ...choices.map(({ name }) => name)])).toEqual(
      [
        ['internal', 'industry'],
        ['sensitive', 'residentId', 'passport'],
        [null, 'notes'],
      ]
    );
  });

  it('keep a sensitivity that they know, and take another from the policy', () => {
    const choices = [
      { name: 'mobile', label: 'Mobile', level: 'sensitive' as const },
      { name: 'name', label: 'Name' },
      { name: 'notes', label: 'Notes' },
    ];
    const levels = { mobile: 'personal', name: 'personal', notes: null } as const;
    expect(withLevels(choices, levels).map(({ level }) => level)).toEqual([
      'sensitive',
      'personal',
      undefined,
    ]);
    expect(withLevels(choices, undefined)).toEqual(choices);
  });

  it('can be had from the policy alone', () => {
    expect(choicesOfLevels('t', { mobile: 'personal' }, label)).toEqual([
      { name: 'mobile', label: 'MOBILE', level: 'personal' },
    ]);
  });
});
