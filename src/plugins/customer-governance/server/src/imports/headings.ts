/** What the columns of customer lists are called, by attribute: the first Chinese and English name is the one shown. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  name: [
    '姓名',
    'Name',
    '客户姓名',
    '联系人',
    '主要联系人',
    '名字',
    'full name',
    'contact',
    'contact name',
  ],
  kind: ['客户类型', 'Customer kind', '类型', '个人/企业', 'kind', 'type', 'customer type'],
  mobile: [
    '手机',
    'Mobile',
    '手机号',
    '手机号码',
    '移动电话',
    '联系电话',
    '电话',
    'mobile phone',
    'cell',
    'cell phone',
    'phone',
    'mobile number',
    'tel',
  ],
  landline: ['座机', 'Landline', '固定电话', '固话', '办公电话', 'telephone', 'office phone'],
  email: ['电子邮箱', 'E-mail', '邮箱', '邮件', '电子邮件', 'email', 'mail', 'email address'],
  wechat: ['微信', 'WeChat', '微信号', 'wechat id', 'wx'],
  residentId: [
    '身份证号',
    'Resident ID',
    '身份证',
    '身份证号码',
    '公民身份号码',
    'id number',
    'id card',
    'national id',
  ],
  passport: ['护照号', 'Passport', '护照', '护照号码', 'passport number'],
  birthDate: ['出生日期', 'Date of birth', '生日', '出生年月日', 'birthday', 'birth date', 'dob'],
  bankCard: ['银行卡号', 'Bank card', '银行卡', '银行账号', '卡号', 'bank account', 'card number'],
  address: [
    '地址',
    'Address',
    '联系地址',
    '通讯地址',
    '详细地址',
    '住址',
    '公司地址',
    'postal address',
  ],
  region: ['行政区划代码', 'Region code', '地区代码', '区划代码', 'region'],
  companyName: [
    '公司全称',
    'Company name',
    '公司名称',
    '公司',
    '企业名称',
    '单位名称',
    '单位',
    'company',
    'organisation',
    'organization',
  ],
  creditCode: [
    '统一社会信用代码',
    'Credit code',
    '信用代码',
    '社会信用代码',
    'uscc',
    'unified social credit code',
  ],
  industry: ['行业', 'Industry', '所属行业', 'sector'],
  companySize: ['公司规模', 'Company size', '规模', '企业规模', 'size'],
  position: ['职位', 'Position', '职务', 'title', 'job title'],
  contactDepartment: ['部门', 'Department', '联系人部门', '所在部门'],
  website: ['网站', 'Website', '网址', '公司网站', '官网', 'web', 'url'],
  needs: ['需求', 'Needs', '客户需求', 'requirements'],
  decisionChain: ['决策链', 'Decision chain', '决策流程'],
  notes: ['备注', 'Notes', '说明', 'remarks', 'comment', 'comments'],
  source: ['来源', 'Source', '客户来源', '来源渠道', '信息来源'],
  method: ['采集方式', 'Collection method', '收集方式', '获取方式', 'method'],
  partner: ['合作方', 'Partner', '合作伙伴', '渠道商'],
  firstContactAt: ['首次接触时间', 'First contact', '首次联系时间', '首次接触', 'first contact at'],
  firstContactMethod: ['首次接触方式', 'First contact method', '首次联系方式'],
  plannedFollowUp: ['计划跟进日期', 'Planned follow-up', '下次跟进', '跟进计划', 'next follow-up'],
  lastContactOn: ['最近联系日期', 'Last contact', '最后联系日期', '最近联系', 'last contact on'],
};

/** What stands in columns that have a few values, in the words that people use. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  kind: {
    person: ['个人', '自然人', '个人客户', 'individual'],
    company: ['企业', '公司', '单位', '企业客户', '法人', 'organisation', 'organization'],
  },
  source: {
    sales: ['销售', '销售拜访', '业务员'],
    'marketing-event': ['市场活动', '展会', '活动', 'event', 'marketing event', 'exhibition'],
    'customer-service': ['客服', '客户服务', 'customer service', 'service'],
    partner: ['合作方', '合作伙伴', '渠道'],
    website: ['网站', '官网', '网站或应用', 'app', 'web'],
    referral: ['转介绍', '推荐', '介绍', 'recommendation'],
    'public-source': ['公开渠道', '公开来源', '公开信息', 'public source', 'public'],
    bought: ['购买', '外购'],
    swapped: ['交换', '互换'],
    unknown: ['未知', '不详', '不明'],
  },
  method: {
    direct: ['直接', '直接采集', '直接收集'],
    indirect: ['间接', '间接采集', '间接收集'],
    online: ['线上', '在线', '网络', '线上采集'],
  },
  firstContactMethod: {
    visit: ['来访', '拜访', '上门拜访', '来店'],
    call: ['电话', '来电', '去电', 'phone', 'telephone'],
    message: ['即时消息', '微信', '短信', '邮件', 'e-mail', 'email'],
    event: ['活动', '展会', '会议', 'exhibition'],
    'online-form': ['网页表单', '在线表单', '线上表单', 'web form', 'online form'],
    introduction: ['引荐', '介绍', '转介绍'],
  },
  companySize: {
    micro: ['微型', '微型企业'],
    small: ['小型', '小型企业'],
    medium: ['中型', '中型企业'],
    large: ['大型', '大型企业'],
  },
};

/** A name as it is compared: without spaces, marks, units in brackets and differences of case or width. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[([【［][^)\]】］]*[)\]】］]/g, '')
    .replace(/[\s*_\-:.、,/'"“”]/g, '');

const byHeading = new Map<string, string>();
for (const [attribute, names] of Object.entries(NAMES)) {
  for (const name of [attribute, ...names]) {
    // Of a name that two attributes have, the first one takes it.
    const plain = plainHeading(name);
    if (!byHeading.has(plain)) byHeading.set(plain, attribute);
  }
}

const byWord = new Map<string, Map<string, string>>();
for (const [attribute, values] of Object.entries(VALUES)) {
  const words = new Map<string, string>();
  for (const [value, names] of Object.entries(values)) {
    for (const name of [value, ...names]) words.set(plainHeading(name), value);
  }
  byWord.set(attribute, words);
}

/** The attribute that a column seems to hold, or `null`. */
export const guessAttribute = (heading: string): string | null =>
  byHeading.get(plainHeading(heading)) ?? null;

/** The value that a word of a column means, or the word itself. */
export const meaningOf = (attribute: string, word: string): string =>
  byWord.get(attribute)?.get(plainHeading(word)) ?? word;

/** What an attribute is called in both languages of the panel. */
export const nameOfAttribute = (attribute: string): { en: string; zh: string } => {
  const [zh = attribute, en = attribute] = NAMES[attribute] ?? [];
  return { en, zh };
};

/** The attributes of a customer that a file may fill. */
export const IMPORTABLE: readonly string[] = Object.keys(NAMES);
