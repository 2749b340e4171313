import { email } from './email';

const canonical = (raw: string) => {
  const parsed = email.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing an e-mail address', () => {
  it.each([
    ['Wang.Fang@Example.COM', 'Wang.Fang@example.com'],
    ['ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'wang@example.com'],
    ["o'brien+tag@mail.example.co.uk", "o'brien+tag@mail.example.co.uk"],
    ['12345@qq.com', '12345@qq.com'],
    ['wang@例子.公司', 'wang@xn--fsqu00a.xn--55qx5d'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('makes %s into %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    'wang',
    'wang@',
    '@example.com',
    'wang@example',
    'wang@example.c',
    'wang@1.2.3.4',
    'wang@example.123',
    'wang@-example.com',
    'wang@exa_mple.com',
    'wang@example..com',
    '.wang@example.com',
    'wang.@example.com',
    'wa..ng@example.com',
    'wang fang@example.com',
    '"wang fang"@example.com',
    'wang@li@example.com',
    'Wang <wang@example.com>',
    'wang@example.com, li@example.com',
    '王@example.com',
    `${'a'.repeat(65)}@example.com`,
    `wang@${'a'.repeat(64)}.com`,
    '13800138000',
  ])('refuses %s', (raw) => {
    expect(canonical(raw)).toBe('format');
  });

  it('refuses an internationalised domain that becomes too long in ASCII', () => {
    // 122 characters become 64 + 1 + 6 * 32 + 5 + 4 = 266.
    const raw = `${'a'.repeat(64)}@${Array.from({ length: 6 }, () => '杭州市西湖区示例路').join('.')}.com`;
    expect(canonical(raw)).toBe('too-long');
  });
});

describe('masking an e-mail address', () => {
  it('shows the first character and the domain', () => {
    expect(email.mask('wang.fang@example.com')).toBe('w***@example.com');
    expect(email.mask('wf@example.com')).toBe('w***@example.com');
  });

  it('shows nothing where the first character is all there is', () => {
    expect(email.mask('w@example.com')).toBe('******');
  });

  it('hides an address that is not canonical', () => {
    expect(email.mask('wang@EXAMPLE.com')).toBe('******');
    expect(email.mask('wang@example.com@example.com')).toBe('******');
  });
});

describe('looking an e-mail address up', () => {
  it('does not mind case', () => {
    expect(email.transforms.exact('Wang.Fang@example.com')).toBe('wang.fang@example.com');
  });
});
