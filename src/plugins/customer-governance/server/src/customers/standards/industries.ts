/** A section or a division of GB/T 4754, the classification of industries of the national economy. */
export interface Industry {
  /** The letter of a section, `F`, or with the two digits of a division, `F52`. */
  code: string;
  name: { en: string; zh: string };
}

/** Sections with the names that stand in both languages, and their divisions from the first code on. */
const SECTIONS: ReadonlyArray<{
  letter: string;
  en: string;
  zh: string;
  from: number;
  divisions: string;
}> = [
  {
    letter: 'A',
    en: 'Agriculture, forestry, animal husbandry and fishery',
    zh: '农、林、牧、渔业',
    from: 1,
    divisions: '农业 林业 畜牧业 渔业 农、林、牧、渔专业及辅助性活动',
  },
  {
    letter: 'B',
    en: 'Mining',
    zh: '采矿业',
    from: 6,
    divisions:
      '煤炭开采和洗选业 石油和天然气开采业 黑色金属矿采选业 有色金属矿采选业 非金属矿采选业 开采专业及辅助性活动 其他采矿业',
  },
  {
    letter: 'C',
    en: 'Manufacturing',
    zh: '制造业',
    from: 13,
    divisions:
      '农副食品加工业 食品制造业 酒、饮料和精制茶制造业 烟草制品业 纺织业 纺织服装、服饰业 皮革、毛皮、羽毛及其制品和制鞋业 ' +
      '木材加工和木、竹、藤、棕、草制品业 家具制造业 造纸和纸制品业 印刷和记录媒介复制业 文教、工美、体育和娱乐用品制造业 ' +
      '石油、煤炭及其他燃料加工业 化学原料和化学制品制造业 医药制造业 化学纤维制造业 橡胶和塑料制品业 非金属矿物制品业 ' +
      '黑色金属冶炼和压延加工业 有色金属冶炼和压延加工业 金属制品业 通用设备制造业 专用设备制造业 汽车制造业 ' +
      '铁路、船舶、航空航天和其他运输设备制造业 电气机械和器材制造业 计算机、通信和其他电子设备制造业 仪器仪表制造业 ' +
      '其他制造业 废弃资源综合利用业 金属制品、机械和设备修理业',
  },
  {
    letter: 'D',
    en: 'Production and supply of electricity, heat, gas and water',
    zh: '电力、热力、燃气及水生产和供应业',
    from: 44,
    divisions: '电力、热力生产和供应业 燃气生产和供应业 水的生产和供应业',
  },
  {
    letter: 'E',
    en: 'Construction',
    zh: '建筑业',
    from: 47,
    divisions: '房屋建筑业 土木工程建筑业 建筑安装业 建筑装饰、装修和其他建筑业',
  },
  {
    letter: 'F',
    en: 'Wholesale and retail trade',
    zh: '批发和零售业',
    from: 51,
    divisions: '批发业 零售业',
  },
  {
    letter: 'G',
    en: 'Transport, storage and post',
    zh: '交通运输、仓储和邮政业',
    from: 53,
    divisions:
      '铁路运输业 道路运输业 水上运输业 航空运输业 管道运输业 多式联运和运输代理业 装卸搬运和仓储业 邮政业',
  },
  {
    letter: 'H',
    en: 'Accommodation and catering',
    zh: '住宿和餐饮业',
    from: 61,
    divisions: '住宿业 餐饮业',
  },
  {
    letter: 'I',
    en: 'Information transmission, software and information technology services',
    zh: '信息传输、软件和信息技术服务业',
    from: 63,
    divisions: '电信、广播电视和卫星传输服务 互联网和相关服务 软件和信息技术服务业',
  },
  {
    letter: 'J',
    en: 'Finance',
    zh: '金融业',
    from: 66,
    divisions: '货币金融服务 资本市场服务 保险业 其他金融业',
  },
  { letter: 'K', en: 'Real estate', zh: '房地产业', from: 70, divisions: '房地产业' },
  {
    letter: 'L',
    en: 'Leasing and business services',
    zh: '租赁和商务服务业',
    from: 71,
    divisions: '租赁业 商务服务业',
  },
  {
    letter: 'M',
    en: 'Scientific research and technical services',
    zh: '科学研究和技术服务业',
    from: 73,
    divisions: '研究和试验发展 专业技术服务业 科技推广和应用服务业',
  },
  {
    letter: 'N',
    en: 'Water conservancy, environment and public facilities management',
    zh: '水利、环境和公共设施管理业',
    from: 76,
    divisions: '水利管理业 生态保护和环境治理业 公共设施管理业 土地管理业',
  },
  {
    letter: 'O',
    en: 'Household services, repair and other services',
    zh: '居民服务、修理和其他服务业',
    from: 80,
    divisions: '居民服务业 机动车、电子产品和日用产品修理业 其他服务业',
  },
  { letter: 'P', en: 'Education', zh: '教育', from: 83, divisions: '教育' },
  {
    letter: 'Q',
    en: 'Health and social work',
    zh: '卫生和社会工作',
    from: 84,
    divisions: '卫生 社会工作',
  },
  {
    letter: 'R',
    en: 'Culture, sports and entertainment',
    zh: '文化、体育和娱乐业',
    from: 86,
    divisions: '新闻和出版业 广播、电视、电影和录音制作业 文化艺术业 体育 娱乐业',
  },
  {
    letter: 'S',
    en: 'Public administration, social security and social organisations',
    zh: '公共管理、社会保障和社会组织',
    from: 91,
    divisions:
      '中国共产党机关 国家机构 人民政协、民主党派 社会保障 群众团体、社会团体和其他成员组织 基层群众自治组织及其他组织',
  },
  {
    letter: 'T',
    en: 'International organisations',
    zh: '国际组织',
    from: 97,
    divisions: '国际组织',
  },
];

/** The sections, which the panel offers. */
export const INDUSTRY_SECTIONS: readonly Industry[] = SECTIONS.map(({ letter, en, zh }) => ({
  code: letter,
  name: { en, zh },
}));

/** Without what people leave out or write otherwise: commas and words for “and”, and the 业 at the end. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s、,，;；/&()（）-]|和|及|与|\band\b/gu, '')
    .replace(/(?<=..)业$/u, '');

const byWord = new Map<string, Industry>();
const known = new Map<string, Industry>();
for (const { letter, en, zh, from, divisions } of SECTIONS) {
  add({ code: letter, name: { en, zh } }, [letter, en, zh]);
  divisions.split(' ').forEach((name, at) => {
    if (name === '') return;
    const digits = String(from + at).padStart(2, '0');
    add({ code: letter + digits, name: { en: name, zh: name } }, [letter + digits, digits, name]);
  });
}

/** A section goes before a division of the same name. */
function add(industry: Industry, words: readonly string[]): void {
  if (!known.has(industry.name.zh)) known.set(industry.name.zh, industry);
  for (const word of words.map(plain)) if (!byWord.has(word)) byWord.set(word, industry);
}

/** The industry that a text names: by its code, or by its name in Chinese, of sections also in English. */
export const industryNamed = (text: string): Industry | null =>
  known.get(text) ?? byWord.get(plain(text)) ?? null;
