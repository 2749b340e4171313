import { residentId } from './resident-id';

const canonical = (raw: string) => {
  const parsed = residentId.parse(raw);
  return parsed.ok ? parsed.value : parsed.code;
};

describe('parsing a resident ID', () => {
  it.each([
    ['110101190001010006', '110101190001010006'],
    ['110101 19000101 0006', '110101190001010006'],
    ['11010519491231002x', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
  ])('reads %s as %s', (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  it.each([
    ['check-digit', '110101190001010007'],
    ['check-digit', '110105194912310021'],
    ['date', '110101198502300000'],
    ['date', '110101198513010000'],
    ['date', '110101299901010000'],
    ['date', '110101180001010000'],
    ['date', '110101005001010000'],
    ['obsolete', '110105491231002'],
    ['format', '1101011900010100'],
    ['format', '1101011900010100060'],
    ['format', '010101190001010006'],
    ['format', '1101011900010100X6'],
    ['format', '110101-19000101-0006'],
    ['format', '13800138000'],
  ])('refuses with the code %s: %s', (code, raw) => {
    expect(canonical(raw)).toBe(code);
  });
});

describe('masking a resident ID', () => {
  it('shows three and four characters', () => {
    expect(residentId.mask('11010519491231002X')).toBe('110******002X');
  });

  it('hides one with a wrong check digit', () => {
    expect(residentId.mask('110105194912310021')).toBe('******');
  });
});

describe('looking a resident ID up', () => {
  it('finds it by its last four characters', () => {
    expect(residentId.transforms.last4('11010519491231002X')).toBe('002X');
    expect(residentId.transforms.last4('002x')).toBe('002X');
  });
});
