import type { Attribute } from '../customers/entry/attribute';
import { convert, type Target } from './conversion';
import { guessAttribute, IMPORTABLE, meaningOf, nameOfAttribute } from './headings';
import type { TableRow } from './reading/table';

const target = (name: string, type = 'string', kind: string | null = null): Target => ({
  name,
  attribute: { type } as Attribute,
  kind,
});
const TARGETS: Record<string, Target> = {
  mobile: target('mobile', 'customField', 'mobile'),
  residentId: target('residentId', 'customField', 'resident-id'),
  birthDate: target('birthDate', 'customField', 'birth-date'),
  name: target('name', 'customField', 'person-name'),
  creditCode: target('creditCode'),
  needs: target('needs', 'text'),
  source: target('source', 'enumeration'),
  lastContactOn: target('lastContactOn', 'date'),
  firstContactAt: target('firstContactAt', 'datetime'),
  flag: target('flag', 'boolean'),
};
const moment = (day: string, time: string) => `${day} ${time} here`;
const read = (name: string, text: string, more: Partial<TableRow> = {}) => {
  const { data, findings } = convert(
    { number: 2, cells: [text], ...more },
    [TARGETS[name] as Target],
    moment
  );
  return findings[0]?.reason ?? data[name];
};

describe('what a cell becomes', () => {
  it.each([
    ['mobile', '13800138000.0', '13800138000'],
    ['mobile', '1.3800138000E+10', '13800138000'],
    ['mobile', "'+8613800138000", '+8613800138000'],
    ['creditCode', '91330106MA2XYZ1234', '91330106MA2XYZ1234'],
    ['birthDate', '1985/1/31', '1985-01-31'],
    ['birthDate', '1985年1月31日', '1985-01-31'],
    ['birthDate', '19850131', '1985-01-31'],
    ['lastContactOn', '2026.3.1', '2026-03-01'],
    ['firstContactAt', '2026/3/1 9:05', '2026-03-01 09:05:00 here'],
    ['firstContactAt', '2026-03-01T09:05:07', '2026-03-01 09:05:07 here'],
    ['firstContactAt', '2026-03-01', '2026-03-01 00:00:00 here'],
    ['firstContactAt', '2026-03-01T01:05:00Z', '2026-03-01T01:05:00Z'],
    ['source', '展会', 'marketing-event'],
    ['source', 'Sales', 'sales'],
    ['source', '外购', 'bought'],
    ['flag', '是', true],
    ['flag', 'No', false],
    ['needs', "'=1+1", '=1+1'],
    ['needs', '=1+1', '=1+1'],
    ['needs', "'s 号", "'s 号"],
    ['lastContactOn', 'soon', 'soon'],
    ['firstContactAt', '2026-03-01 25:00', '2026-03-01 25:00'],
  ])('%s of %s', (name, text, value) => {
    expect(read(name, text)).toBe(value);
  });

  it.each([
    ['mobile', '1.38E+10', {}],
    ['residentId', '110101199001010000', { cellFaults: new Map([[0, 'digits-lost' as const]]) }],
    ['name', '#REF!', { cellFaults: new Map([[0, 'cell-error' as const]]) }],
  ])('is told to be lost in %s of %s', (name, text, more) => {
    expect(String(read(name, text, more))).toMatch(/Excel|spreadsheet/);
  });

  it('is nothing where the cell is blank or its column left out', () => {
    const { data } = convert(
      { number: 2, cells: [' ', 'x'] },
      [TARGETS.needs as Target, null],
      moment
    );
    expect(data).toEqual({});
  });
});

describe('what a heading means', () => {
  it.each([
    ['姓名', 'name'],
    ['客户姓名*', 'name'],
    ['手机号（必填）', 'mobile'],
    ['Mobile Phone', 'mobile'],
    ['统一社会信用代码', 'creditCode'],
    ['E-Mail', 'email'],
    ['companyName', 'companyName'],
    ['来源', 'source'],
    ['甲乙丙', null],
    ['', null],
  ])('%s', (heading, attribute) => {
    expect(guessAttribute(heading)).toBe(attribute);
  });

  it('is found again by either of its own names', () => {
    for (const name of IMPORTABLE) {
      const { en, zh } = nameOfAttribute(name);
      expect([guessAttribute(en), guessAttribute(zh)]).toEqual([name, name]);
    }
  });

  it('leaves a word that no list has as it is', () => {
    expect(meaningOf('source', '别的')).toBe('别的');
  });
});
