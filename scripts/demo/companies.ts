import type { Random } from './random';

/** A city of the demo: where its addresses, codes and landlines begin. */
export interface City {
  name: string;
  /** First six digits of resident IDs and third to eighth of credit codes. */
  region: string;
  area: string;
  /** Province, city and district, before the street. */
  address: string;
}

export const EASTERN_CITIES: readonly City[] = [
  { name: '杭州', region: '330106', area: '0571', address: '浙江省杭州市西湖区' },
  { name: '上海', region: '310115', area: '021', address: '上海市浦东新区' },
  { name: '南京', region: '320106', area: '025', address: '江苏省南京市鼓楼区' },
  { name: '苏州', region: '320505', area: '0512', address: '江苏省苏州市虎丘区' },
];
export const WESTERN_CITIES: readonly City[] = [
  { name: '成都', region: '510104', area: '028', address: '四川省成都市锦江区' },
  { name: '重庆', region: '500103', area: '023', address: '重庆市渝中区' },
  { name: '西安', region: '610113', area: '029', address: '陕西省西安市雁塔区' },
  { name: '昆明', region: '530102', area: '0871', address: '云南省昆明市五华区' },
];

/** Places of literature and legend: no register of companies has such a name. */
const BRANDS = [
  ...['乌有乡', '子虚', '桃花源', '云梦泽', '蓬莱', '方丈', '瀛洲', '扶桑', '昆仑墟', '大观园'],
  ...['花果山', '水帘洞', '女儿国', '君子国', '南柯', '黄粱', '槐安', '太虚境', '不周山', '广寒'],
  ...['兰若', '稷下', '梁山泊', '镜花', '无何有'],
];

interface Trade {
  industry: string;
  word: string;
}

const TRADES: readonly Trade[] = [
  { industry: '软件和信息技术服务业', word: '科技' },
  { industry: '批发和零售业', word: '商贸' },
  { industry: '通用设备制造业', word: '机械' },
  { industry: '医药制造业', word: '医药' },
  { industry: '教育', word: '教育' },
  { industry: '住宿和餐饮业', word: '餐饮' },
  { industry: '交通运输、仓储和邮政业', word: '物流' },
  { industry: '建筑业', word: '建筑' },
  { industry: '文化、体育和娱乐业', word: '文化' },
  { industry: '农业', word: '农业' },
];

export const industryOf = (random: Random): string => random.pick(TRADES).industry;

/** A company that is in no register. `serial` makes its name its own. */
export function companyOf(city: City, serial: number): { name: string; industry: string } {
  const trade = TRADES[serial % TRADES.length];
  const brand = BRANDS[Math.floor(serial / TRADES.length + serial) % BRANDS.length];
  return { name: `${city.name}${brand}${trade.word}有限公司`, industry: trade.industry };
}

export const POSITIONS = ['总经理', '采购经理', '行政主管', '财务主管', '技术总监', '项目经理'];
export const OFFICES = ['总经办', '采购部', '行政部', '财务部', '技术部', '项目部'];
export const SIZES = ['micro', 'small', 'medium', 'large'] as const;
export const ROLES = ['user', 'influencer', 'decision-maker', 'purchaser', 'other'] as const;

export const NEEDS = [
  '年底前更换现有的客户管理系统，希望支持移动端。',
  '计划采购一批办公设备，已在比较三家供应商。',
  '需要覆盖华东地区的仓储与配送服务。',
  '希望为员工安排每季度一次的培训。',
  '关注售后响应时间，要求四小时内到场。',
  '准备扩建二期厂房，需要配套方案与报价。',
];
export const DECISION_CHAINS = [
  '采购经理提出，总经理批准，财务主管付款。',
  '技术部选型，采购部议价，总经办决定。',
  '项目经理即可决定十万元以下的采购。',
];
export const NOTES = [
  '更愿意在下午接电话。',
  '发票请寄前台，由行政主管签收。',
  '上次来访时对交付周期有疑问，已当面说明。',
  '希望先通过邮件联系，再约时间通话。',
];
