/** A row of a list of customers, by heading. */
type Row = Record<string, string>;

/** Something that is wrong with a row, and how the dry run tells it. */
interface Defect {
  name: string;
  plant(row: Row, at: number): void;
  state: 'faulty' | 'refused' | 'duplicate';
  /** `null`: of the row as a whole. */
  attribute: string | null;
}

/** Headings and what they fill, in the order of the columns. */
export const COLUMNS: ReadonlyArray<readonly [string, string]> = [
  ['姓名', 'name'],
  ['客户类型', 'kind'],
  ['手机', 'mobile'],
  ['邮箱', 'email'],
  ['地址', 'address'],
  ['微信', 'wechat'],
  ['行业', 'industry'],
  ['公司全称', 'companyName'],
  ['统一社会信用代码', 'creditCode'],
  ['来源', 'source'],
  ['采集方式', 'method'],
  ['首次接触时间', 'firstContactAt'],
  ['最近联系日期', 'lastContactOn'],
  ['需求', 'needs'],
  ['公司规模', 'companySize'],
  ['职位', 'position'],
  ['身份证号', 'residentId'],
  ['护照', 'passport'],
];
/** What the plan of these files collects: all but the last two. */
export const COLLECTED = COLUMNS.map(([, name]) => name).filter(
  (name) => !['residentId', 'passport'].includes(name)
);

/** Marks that are written as they are, not in quotes of their own. */
const RAW = '行';

const set =
  (heading: string, value: string) =>
  (row: Row): void => {
    row[heading] = value;
  };
const faulty = (name: string, attribute: string | null, plant: Defect['plant']): Defect => ({
  name,
  attribute,
  plant,
  state: 'faulty',
});

/** The 37 sorts. */
export const DEFECTS: readonly Defect[] = [
  faulty('no name', 'name', set('姓名', '')),
  faulty('a name of 400 letters', 'name', set('姓名', 'A'.repeat(400))),
  faulty('a masked name', 'name', set('姓名', '王**')),
  faulty('a name on two lines', 'name', set('姓名', '王\n小明')),
  faulty('an invisible letter in a name', 'name', set('姓名', '王\u200B小明')),
  faulty('a sign of direction in a name', 'name', set('姓名', '王\u202E小明')),
  faulty('an emoji in a name', 'name', set('姓名', '王小明😀')),
  faulty('half a character in a name', 'name', set('姓名', '王\uFFFE小明')),
  faulty('no mobile', 'mobile', set('手机', '')),
  faulty('a mobile that is too short', 'mobile', set('手机', '1380013')),
  faulty('a mobile that is too long', 'mobile', set('手机', '138001380001')),
  faulty('letters in a mobile', 'mobile', set('手机', '1380013800O')),
  faulty('a landline for a mobile', 'mobile', set('手机', '0571-88880000')),
  faulty('a mobile that Excel has rounded', 'mobile', set('手机', '1.38E+10')),
  faulty('a masked mobile', 'mobile', set('手机', '138****8000')),
  faulty('two mobiles in one cell', 'mobile', set('手机', '13800138000/13800138001')),
  faulty('an e-mail without @', 'email', set('邮箱', 'wang.example.com')),
  faulty('an e-mail without a domain', 'email', set('邮箱', 'wang@')),
  faulty('a space in an e-mail', 'email', set('邮箱', 'wang xm@example.com')),
  faulty('an address without a house number', 'address', set('地址', '浙江省杭州市西湖区示例路')),
  faulty('an e-mail for an address', 'address', set('地址', 'wang@example.com 1')),
  faulty('no industry', 'industry', set('行业', '')),
  faulty('an industry of 90 letters', 'industry', set('行业', '农'.repeat(90))),
  faulty('a company without its name', 'companyName', set('客户类型', '企业')),
  faulty('a kind that there is not', 'kind', set('客户类型', '别的')),
  faulty('a credit code of another form', 'creditCode', set('统一社会信用代码', '123')),
  faulty(
    'a credit code whose check digit does not fit',
    'creditCode',
    set('统一社会信用代码', '91330106MA27X0YQ5A')
  ),
  faulty('no source', 'source', set('来源', '')),
  faulty('a source that there is not', 'source', set('来源', '天上')),
  faulty('a way of collecting that there is not', 'method', set('采集方式', '梦里')),
  faulty('a first contact that is no time', 'firstContactAt', set('首次接触时间', '上周')),
  faulty('a day that no calendar has', 'lastContactOn', set('最近联系日期', '2026-02-30')),
  faulty('needs of 5,000 letters', 'needs', set('需求', '要'.repeat(5000))),
  faulty('values beyond the last heading', null, set(RAW, 'beyond')),
  faulty('quotation marks that make no sense', null, set(RAW, 'quotes')),
  {
    name: 'a passport, which the plan does not collect',
    attribute: 'passport',
    state: 'refused',
    plant: set('护照', 'E12345678'),
  },
  {
    name: 'a resident ID, which the plan does not collect',
    attribute: 'residentId',
    state: 'refused',
    plant: set('身份证号', '11010519491231002X'),
  },
];

export interface Planted {
  row: number;
  state: string;
  attribute: string | null;
  name: string;
}

/** Cells that hold a separator, a quote or a line break are quoted. */
const cell = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const goodRow = (at: number): Row => ({
  姓名: `王小${String.fromCharCode(0x4e00 + (at % 2000))}`,
  客户类型: '个人',
  手机: `1${'3578'[at % 4]}${String(800_000_000 + at)}`,
  邮箱: `customer.${at}@example.com`,
  地址: `浙江省杭州市西湖区示例路${1 + (at % 900)}号`,
  微信: `wx_example_${at}`,
  行业: '农业',
  公司全称: '',
  统一社会信用代码: '',
  来源: '展会',
  采集方式: '直接',
  首次接触时间: '2026-01-05 10:00',
  最近联系日期: '2026-01-06',
  需求: '需要一份报价,尽快。',
  公司规模: '小型',
  职位: '经理',
  身份证号: '',
  护照: '',
});

/**
 * A file of so many rows, of which each seventh has something wrong: every sort in turn.
 * @returns its lines piece by piece, and what is wrong with which row.
 */
export function plantedFile(rows: number): { pieces: () => Generator<string>; planted: Planted[] } {
  const defectAt = (at: number): Defect | undefined =>
    at % 7 === 3 ? DEFECTS[Math.floor(at / 7) % DEFECTS.length] : undefined;
  const lineOf = (at: number): string => {
    const row = goodRow(at);
    defectAt(at)?.plant(row, at);
    const cells = COLUMNS.map(([heading]) => cell(row[heading] ?? ''));
    if (row[RAW] === 'beyond') cells.push('多余');
    if (row[RAW] === 'quotes') cells[0] = '"王"小明';
    return `${cells.join(',')}\n`;
  };
  const planted: Planted[] = [];
  for (let at = 0; at < rows; at++) {
    const defect = defectAt(at);
    if (!defect) continue;
    const { state, attribute, name } = defect;
    planted.push({ row: at + 2, state, attribute, name });
  }
  return {
    planted,
    *pieces() {
      yield `${COLUMNS.map(([heading]) => heading).join(',')}\n`;
      for (let at = 0; at < rows; at++) yield lineOf(at);
    },
  };
}
