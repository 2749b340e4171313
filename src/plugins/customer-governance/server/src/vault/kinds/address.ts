import { accept, foldSpaces, FULL_MASK, masking, parsing, refuse, type Kind } from './kind';

const MAX_LENGTH = 300;

// @ would let an e-mail address through, and nothing else needs it.
const ADDRESS = /^[\p{L}\p{M}\p{N} +\p{P}]+$/u;
const NOT_IN_ADDRESSES = /@/;
// Chinese, Japanese and Korean addresses may be one word; all others are several.
const ONE_WORD_SCRIPT = /[\p{Script=Han}\p{Script=Hangul}]/u;
const LETTER = /\p{L}/u;
const readsLikeAnAddress = (text: string): boolean =>
  ONE_WORD_SCRIPT.test(text) || (text.includes(' ') && LETTER.test(text));

// Numbers in an address that are not a house: postal code, number of a road or a milestone.
const OTHER_NUMBERS =
  /(?<![0-9])[0-9]{6}(?![0-9号弄幢栋座楼室])|[A-Z]?[0-9]+(?:国道|省道|县道|乡道|号?路|号?街|大道|公里)/gu;
const HOUSE_NUMBER = /[0-9]|[〇零一二三四五六七八九十百千]+(?:号|弄|幢|栋|座|楼|室|单元|组)/u;

const parse = parsing({ maxLength: MAX_LENGTH }, (text) => {
  const address = foldSpaces(text);
  if (!ADDRESS.test(address) || NOT_IN_ADDRESSES.test(address) || !readsLikeAnAddress(address)) {
    return refuse(
      'format',
      'Expected a postal address in letters, digits and punctuation, with at least a street or village. Remove other signs.'
    );
  }
  return HOUSE_NUMBER.test(address.replace(OTHER_NUMBERS, ''))
    ? accept(address)
    : refuse(
        'house-number',
        'Expected the address down to the house or building number, such as 示例路1号. Add the number.'
      );
});

// How a division is recognised without a list of the nearly 3000 counties, which changes every year: by its suffix,
// directly behind a city (or province), in few characters, none of which belongs to a street, house or village.
// Whatever does not fit is hidden whole. Only the first character may be such a one: 路桥区, 道里区, 镇海区.
// 景德镇市 is the one city that breaks the rule.
const FIRST = '[^\\P{Script=Han}街巷弄号省区县村]';
const NEXT = '[^\\P{Script=Han}路街道巷弄号栋幢室院村镇省市区县]';
const PROVINCE =
  '(?:(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省' +
  '|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区)';
const CITY = `(?:景德镇市|兴安盟|锡林郭勒盟|阿拉善盟|${FIRST}${NEXT}{1,7}?(?:市|地区)|${FIRST}${NEXT}{1,11}?自治州)`;
// 和平区块链大厦 does not stand in 和平区.
const DISTRICT = `(?:新市区|${FIRST}${NEXT}{0,3}?(?:区(?![块域间])|县|市(?!区))|${FIRST}${NEXT}{1,6}?族区|${FIRST}${NEXT}{1,12}?自治县)`;
const COUNTY_OF_PROVINCE = `(?:神农架林区|${FIRST}${NEXT}{0,3}?县|${FIRST}${NEXT}{1,12}?自治县)`;
const BANNER = `${FIRST}${NEXT}{1,9}?旗`;

const DOWN_TO_DISTRICT = new RegExp(
  `^(?:(?:${PROVINCE} ?)?${CITY} ?(${DISTRICT})` +
    `|${PROVINCE} ?(${COUNTY_OF_PROVINCE})` +
    `|内蒙古自治区 ?${CITY} ?(${BANNER})` +
    `|(?:香港|澳门)特别行政区 ?(${DISTRICT}))`,
  'u'
);

// Housing estates, zones and markets carry the same suffixes as districts and counties.
const NOT_A_DISTRICT = new RegExp(
  [
    '[小社园校厂院景片街营库军战地牧]区$',
    '(?:住宅|别墅|工业|生活|家属|商业|商务|科技|物流|保税|开发|高新|度假|示范|管理|服务|名胜|居民|安置|棚户|宿舍|新村)区$',
    '[一二三四五六七八九十百甲乙丙丁]区$', // 翠苑二区
    '..[东西南北中前后上下]区$', // 翠苑东区, but not 城东区
    '[超门菜夜花集早车书楼房]市$',
    '..[城都]市$', // 阳光城市花园, but not 诸城市
    '[老旧]县$',
    '红旗$',
  ].join('|'),
  'u'
);

/** 浙江省杭州市西湖区******: province, city and district, if a district is recognised. */
function reveal(address: string): string | null {
  const match = DOWN_TO_DISTRICT.exec(address);
  const district = match?.slice(1).find((name) => name !== undefined);
  if (!match || !district || NOT_A_DISTRICT.test(district)) return null;
  return match[0] + FULL_MASK;
}

/** A postal address down to the house or building number. */
export const address: Kind = {
  id: 'address',
  classification: { category: 'contact', level: 'personal' },
  maxLength: MAX_LENGTH,
  example: '浙江省杭州市西湖区示例路1号',
  parse,
  mask: masking(parse, reveal),
  // No look-up: the same place is written in too many ways.
  transforms: {},
};
