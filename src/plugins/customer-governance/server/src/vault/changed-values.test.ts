import { randomBytes } from 'node:crypto';
import { changeOf, openChange, sealChange } from './changed-values';
import { SealBroken } from './cipher';

const TYPE = 'api::lead.lead';
const values = changeOf(
  ['mobile', 'email', 'name'],
  { mobile: '1', name: 'a' },
  { mobile: '2', email: 'b' }
);

describe('old and new values of a change', () => {
  const key = randomBytes(32);
  const sealed = sealChange(TYPE, 'one', key, values) as string;

  it('are what was and what is, and nothing where there was or is none', () => {
    expect(values).toEqual({
      mobile: { old: '1', new: '2' },
      email: { old: null, new: 'b' },
      name: { old: 'a', new: null },
    });
    expect(openChange(TYPE, 'one', key, sealed)).toEqual(values);
  });

  it('open for their own record and under its key alone', () => {
    expect(() => openChange(TYPE, 'other', key, sealed)).toThrow(SealBroken);
    expect(() => openChange('api::other.other', 'one', key, sealed)).toThrow(SealBroken);
    expect(() => openChange(TYPE, 'one', randomBytes(32), sealed)).toThrow(SealBroken);
    expect(() =>
      openChange(
        TYPE,
        'one',
        key,
        sealed.replace(/^.{40}/, (head) => head.split('').reverse().join(''))
      )
    ).toThrow(SealBroken);
  });

  it('are not kept when an entry has no room for them', () => {
    const long = { note: { old: null, new: '长'.repeat(7000) } };
    expect(sealChange(TYPE, 'one', key, long)).toBeNull();
  });
});
