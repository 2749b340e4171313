import type { Core } from '@strapi/strapi';
import type { StandardsPolicy } from '../../policy';
import { workCalendar } from '../../calendar/calendar';
import { calendar } from '../../policy/presets/shared';
import type { Entry } from '../entry/entry';
import { deadlineRule, formatRule } from './rules';

const NOW = new Date('2026-03-10T02:00:00Z');
const STRICT: StandardsPolicy = {
  creditCodeCheck: 'reject',
  industry: 'reject',
  address: 'reject',
};
const LENIENT: StandardsPolicy = { creditCodeCheck: 'warn', industry: 'warn', address: 'warn' };

const strapiWith = (standards: StandardsPolicy) => {
  const collection = { standards, entryDeadline: { hours: 24 } };
  const services: Record<string, unknown> = {
    policy: { get: () => ({ collection }) },
    calendar: workCalendar(calendar),
  };
  return {
    plugin: () => ({ service: (name: string) => services[name] }),
  } as unknown as Core.Strapi;
};

/** What a rule makes of an entry. */
async function held(
  data: Record<string, unknown>,
  { standards = STRICT, stored = null as Record<string, unknown> | null } = {}
) {
  const strapi = strapiWith(standards);
  const wrong: string[] = [];
  const warned: string[] = [];
  const entry = {
    data: { ...data },
    stored,
    report: (attribute: string) => wrong.push(attribute),
    warn: (attribute: string) => warned.push(attribute),
  } as unknown as Entry;
  await formatRule(strapi)(entry);
  await deadlineRule(strapi, () => NOW)(entry);
  return { data: entry.data, wrong, warned };
}

const ADDRESS = '浙江省杭州市西湖区示例路1号';

describe('values that are stored in clear', () => {
  it('are brought into their one form', async () => {
    const { data, wrong } = await held({
      creditCode: '91350100m000100y43',
      website: 'Example.com',
      industry: '批发零售',
      region: '浙江省杭州市',
    });
    expect(wrong).toEqual([]);
    expect(data).toMatchObject({
      creditCode: '91350100M000100Y43',
      website: 'https://example.com',
      industry: '批发和零售业',
      region: '330100',
    });
  });

  it('are refused or only warned of, as the policy says', async () => {
    const data = { creditCode: '91350100m000100y44', industry: 'Ｆarming', address: '示例路1号' };
    expect(await held(data)).toMatchObject({
      wrong: ['creditCode', 'industry', 'address'],
      warned: [],
    });
    expect(await held(data, { standards: LENIENT })).toMatchObject({
      wrong: [],
      warned: ['creditCode', 'industry', 'address'],
      data: { creditCode: '91350100M000100Y44', industry: 'Farming' },
    });
  });

  it('are refused whatever the policy says where nothing can be made of them', async () => {
    const data = { creditCode: '123', website: 'nothing', region: 'nowhere' };
    expect((await held(data, { standards: LENIENT })).wrong).toEqual([
      'creditCode',
      'website',
      'region',
    ]);
  });

  it('are left alone where they stay as they were', async () => {
    const stored = { industry: 'Farming', website: 'nothing' };
    expect(await held({ ...stored }, { stored })).toEqual({ data: stored, wrong: [], warned: [] });
  });
});

describe('the region', () => {
  it('is taken from the address, and again from the next one', async () => {
    expect((await held({ address: ADDRESS })).data.region).toBe('330106');
    const stored = { address: '浙江省杭州市西湖区******', region: '330106' };
    const address = '上海市浦东新区示例路1号';
    expect((await held({ address, region: '330106' }, { stored })).data.region).toBe('310115');
  });

  it('goes with the address, unless another one is given', async () => {
    const stored = { address: '浙江省杭州市西湖区******', region: '330106' };
    const emptied = { address: '', region: '330106' };
    expect((await held({ address: null }, { stored })).data.region).toBeNull();
    expect((await held(emptied, { stored })).data.region).toBeNull();
    expect((await held({ ...emptied, region: '310115' }, { stored })).data.region).toBe('310115');
    const placed = { address: null, region: '330106' };
    expect((await held({ ...placed }, { stored: placed })).data.region).toBe('330106');
  });

  it('is not taken from a mask', async () => {
    const stored = { address: '浙江省杭州市西湖区******', region: null };
    expect((await held({ address: stored.address }, { stored })).data).not.toHaveProperty('region');
  });

  it('must be that of the address', async () => {
    expect((await held({ address: ADDRESS, region: '310115' })).wrong).toEqual(['region']);
    expect(await held({ address: ADDRESS, region: '330000' })).toMatchObject({
      wrong: [],
      data: { region: '330000' },
    });
  });
});

describe('the time of entry', () => {
  it('is held against the first contact', async () => {
    expect((await held({ firstContactAt: '2026-03-09T01:00:00Z' })).data).toMatchObject({
      enteredLate: true,
      entryDelayMinutes: 1500,
    });
    expect((await held({ firstContactAt: '2026-03-09T10:00:00+08:00' })).data).toMatchObject({
      enteredLate: false,
      entryDelayMinutes: 1440,
    });
    expect((await held({})).data).toEqual({});
  });

  it('is that of the first record when the first contact is corrected', async () => {
    const stored = {
      createdAt: new Date('2026-03-01T00:00:00Z'),
      firstContactAt: '2026-03-01T00:00:00.000Z',
      enteredLate: false,
      entryDelayMinutes: 0,
    };
    const corrected = await held({ firstContactAt: '2026-02-20T00:00:00Z' }, { stored });
    expect(corrected.data).toMatchObject({ enteredLate: true, entryDelayMinutes: 12_960 });
    const taken = await held({ firstContactAt: null }, { stored });
    expect(taken.data).toMatchObject({ enteredLate: null, entryDelayMinutes: null });
    const same = { firstContactAt: '2026-03-01T08:00:00+08:00' };
    expect((await held(same, { stored })).data).toEqual(same);
  });

  it('is not what somebody says', async () => {
    const stored = { createdAt: NOW, enteredLate: true, entryDelayMinutes: 1500 };
    expect((await held({ enteredLate: false, entryDelayMinutes: 1 }, { stored })).wrong).toEqual([
      'enteredLate',
      'entryDelayMinutes',
    ]);
    const unchanged = await held({ enteredLate: true, entryDelayMinutes: 1500 }, { stored });
    expect(unchanged).toEqual({ data: {}, wrong: [], warned: [] });
    expect((await held({ enteredLate: true })).wrong).toEqual(['enteredLate']);
    expect((await held({ enteredLate: null, entryDelayMinutes: null })).wrong).toEqual([]);
  });

  it('warns of a first contact that is still to come', async () => {
    expect((await held({ firstContactAt: '2026-03-11T00:00:00Z' })).warned).toEqual([
      'firstContactAt',
    ]);
  });
});
