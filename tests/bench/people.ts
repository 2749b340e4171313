import { below, pick, type Random } from './random';

/** Attributes that may be entered at once: all but the sensitive ones, which need a consent that stands already. */
export type Entry = Record<string, string | boolean>;
/** A customer as a database of some age holds it. */
export type Row = Record<string, string | boolean>;

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文辉玲建国'];
const INDUSTRIES = ['制造', '零售', '物流', '教育', '医疗', '软件', '餐饮', '建筑'];
const POSITIONS = ['采购经理', '总经理', '技术总监', '财务主管', '行政助理'];
const DISTRICTS = [
  '浙江省杭州市西湖区',
  '江苏省南京市鼓楼区',
  '广东省广州市天河区',
  '四川省成都市锦江区',
];
const NEEDS = '需要在下一季度前完成供应商评估，并希望获得分期付款与现场培训的方案。';

/** A made-up customer with what a sales representative enters. The number makes it differ from all others. */
export function createEntry(random: Random, number: number): Entry {
  return {
    name: pick(random, SURNAMES) + pick(random, GIVEN) + pick(random, GIVEN),
    kind: 'person',
    companyName: `示例${pick(random, INDUSTRIES)}有限公司${number}`,
    industry: pick(random, INDUSTRIES),
    website: `https://customer-${number}.example.com`,
    companySize: pick(random, ['micro', 'small', 'medium', 'large']),
    position: pick(random, POSITIONS),
    contactDepartment: '采购部',
    needs: NEEDS,
    decisionChain: '采购经理 → 财务主管 → 总经理',
    mobile: `138${digits(random, 8)}`,
    landline: `0571-8888${digits(random, 4)}`,
    email: `customer.${number}@example.com`,
    wechat: `wx_example_${number}`,
    address: `${pick(random, DISTRICTS)}示例路${1 + below(random, 900)}号`,
    notes: '首次来访时询问了交货期与售后服务，希望每月初以电话联系。',
    keyCustomer: false,
    stage: 'active',
    source: pick(random, ['sales', 'website', 'referral']),
    method: 'direct',
    firstContactAt: '2026-01-15T02:30:00.000Z',
    lastContactOn: day(random, 2025),
  };
}

/** The same with the sensitive attributes, which a customer of some age has. */
export function createRow(random: Random, number: number): Row {
  const birthDate = day(random, 1960 + below(random, 40));
  return {
    ...createEntry(random, number),
    filingNumber: `F-${String(number).padStart(9, '0')}`,
    birthDate,
    residentId: residentId(birthDate, random),
    passport: `E${digits(random, 8)}`,
    bankCard: withLuhn(`62${digits(random, 16)}`),
  };
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => below(random, 10)).join('');
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

const day = (random: Random, year: number) =>
  `${year}-${twoDigits(1 + below(random, 12))}-${twoDigits(1 + below(random, 28))}`;

/** GB 11643: each digit by its weight, modulo 11. */
function residentId(birthDate: string, random: Random): string {
  const number = `110101${birthDate.replaceAll('-', '')}${digits(random, 3)}`;
  const sum = [...number].reduce(
    (total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11),
    0
  );
  return number + '10X98765432'[sum % 11];
}

function withLuhn(number: string): string {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${number}${(10 - (sum % 10)) % 10}`;
}
