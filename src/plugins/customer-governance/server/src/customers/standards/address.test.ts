import { placeOf } from './address';

const problemsOf = (address: string, region: string | null = null) =>
  placeOf(address, region).problems.map(({ attribute, reason }) => `${attribute}: ${reason}`);

describe('an address', () => {
  it.each([
    ['浙江省杭州市西湖区示例路1号', '330106'],
    ['广东省东莞市示例大道1号', '441900'],
    ['重庆市石柱土家族自治县示例村3组12号', '500240'],
  ])('%s has a district and a road: %s', (address, code) => {
    const place = placeOf(address, null);
    expect(place.region?.code).toBe(code);
    expect(place.problems).toEqual([]);
  });

  it('that begins nowhere is told so', () => {
    expect(problemsOf('示例路1号')).toEqual([
      expect.stringMatching(/^address: begins with no known/),
    ]);
  });

  it('without a district is told which city it is in', () => {
    expect(problemsOf('浙江省杭州市示例路1号')).toEqual([
      'address: names no district or county of 浙江省杭州市. Add it',
    ]);
  });

  it('needs more than a number in its district', () => {
    expect(problemsOf('浙江省杭州市西湖区1号')).toEqual([
      expect.stringMatching(/^address: names no road, village or building/),
    ]);
  });

  it('must lie in the region that stands beside it', () => {
    const address = '浙江省杭州市西湖区示例路1号';
    expect(problemsOf(address, '330106')).toEqual([]);
    expect(problemsOf(address, '330000')).toEqual([]);
    expect(problemsOf(address, '310115')).toEqual([
      'region: is 上海市浦东新区, and the address begins with another one. Correct one of the two',
    ]);
  });

  it('abroad is held against no division', () => {
    expect(placeOf('1 Example Street, Springfield', null)).toEqual({ region: null, problems: [] });
  });
});
