import { isWithin, regionAt, regionNamed, regionOfAddress, regionsBelow } from './regions';

describe('a division by its code', () => {
  it.each([
    ['330000', '浙江省', 'province', false],
    ['330106', '浙江省杭州市西湖区', 'county', true],
    ['110105', '北京市朝阳区', 'county', true],
    ['419001', '河南省济源市', 'county', true],
    ['441900', '广东省东莞市', 'prefecture', true],
    ['810000', '香港特别行政区', 'province', true],
  ])('%s is %s', (code, path, level, lowest) => {
    expect(regionAt(code)).toMatchObject({ code, path, level, lowest });
  });

  it.each(['110100', '330199', '999999', '33', ''])('%s is none', (code) => {
    expect(regionAt(code)).toBeNull();
  });

  it('has its own below it', () => {
    expect(regionsBelow(null)).toHaveLength(34);
    expect(regionsBelow('330000').map(({ name }) => name)).toContain('杭州市');
    expect(regionsBelow('330100').map(({ name }) => name)).toContain('西湖区');
    expect(regionsBelow('330106')).toEqual([]);
  });

  it('lies in those above it', () => {
    expect(isWithin('330106', '330000')).toBe(true);
    expect(isWithin('330106', '330100')).toBe(true);
    expect(isWithin('330106', '330106')).toBe(true);
    expect(isWithin('330106', '330200')).toBe(false);
    expect(isWithin('330000', '330106')).toBe(false);
  });
});

describe('the division of an address', () => {
  it.each([
    ['浙江省杭州市西湖区示例路1号', '330106'],
    ['浙江杭州西湖区示例路1号', '330106'],
    ['杭州市西湖区示例路1号', '330106'],
    ['310000 浙江省 杭州市 西湖区 示例路 1 号', '330106'],
    ['中国上海市浦东新区示例路1号', '310115'],
    ['北京市北京市朝阳区示例路1号', '110105'],
    ['重庆市石柱土家族自治县示例村3组', '500240'],
    ['浙江省义乌市示例路1号', '330782'],
    ['义乌市示例路1号', '330782'],
    ['河南省济源市示例路1号', '419001'],
    ['广东省东莞市长安镇示例路1号', '441900'],
    ['内蒙古自治区呼和浩特市新城区示例路1号', '150102'],
    ['新疆乌鲁木齐市天山区示例路1号', '650102'],
    ['海南省琼海市示例路1号', '469002'],
    ['吉林省吉林市昌邑区示例路1号', '220202'],
    ['浙江省杭州市示例路1号', '330100'],
    ['香港特别行政区示例道1号', '810000'],
  ])('%s is %s', (address, code) => {
    expect(regionOfAddress(address)?.region.code).toBe(code);
  });

  it.each(['西湖区示例路1号', '示例路1号', '1 Example Street', ''])(
    'of %p cannot be told',
    (address) => {
      expect(regionOfAddress(address)).toBeNull();
    }
  );

  it('does not take a street for a district', () => {
    expect(regionOfAddress('杭州市西湖路1号')).toMatchObject({
      region: { code: '330100' },
      rest: '西湖路1号',
    });
  });
});

describe('every division', () => {
  const all = [
    ...regionsBelow(null),
    ...regionsBelow(null).flatMap(({ code }) => regionsBelow(code)),
    ...regionsBelow(null).flatMap(({ code }) =>
      regionsBelow(code).flatMap((below) => regionsBelow(below.code))
    ),
  ];

  it('is found again by its code and by its whole name', () => {
    expect(all.length).toBeGreaterThan(3100);
    const lost = all.filter(
      ({ code, path }) => regionNamed(code)?.code !== code || regionNamed(path)?.code !== code
    );
    expect(lost).toEqual([]);
  });
});
