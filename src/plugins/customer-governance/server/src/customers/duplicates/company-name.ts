import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import { REGION } from './region-words';

const toSimplified = Converter({ from: 't', to: 'cn' });

/** Of a longer text the beginning; no name is as long. */
const MAX_LENGTH = 400;
/** Less than this says nothing: 海有限公司 is not known by 海. */
const LEAST_LETTERS = 2;

const FORMS = [
  '股份有限公司',
  '有限责任公司',
  '股份合作公司',
  '股份公司',
  '有限公司',
  '集团公司',
  '总公司',
  '分公司',
  '公司',
  '集团',
  '特殊普通合伙',
  '普通合伙',
  '有限合伙',
  '合伙企业',
  '个人独资企业',
  '个体工商户',
].join('|');
const FORM_AT_END = new RegExp(`(?:${FORMS})$`, 'u');
const REGION_AT_START = new RegExp(`^${REGION}`, 'u');
const NOTHING_ELSE = new RegExp(`^(?:${REGION}|${FORMS})*$`, 'u');
const FOREIGN_FORM =
  /[\s,.]+(?:co|company|corp|corporation|gmbh|group|inc|incorporated|limited|llc|llp|ltd|plc|sa|ag)$/u;

/** Takes off what `pattern` finds until it finds nothing, but never all of it. */
function without(name: string, pattern: RegExp): string {
  for (let rest = name; ;) {
    const shorter = rest.replace(pattern, '');
    if (shorter === rest || [...shorter].length < LEAST_LETTERS) return rest;
    rest = shorter;
  }
}

/**
 * What is left of a company's name without its legal form and region: the same for what people write of one company,
 * in simplified or traditional characters, in either width, with the region before the name or in brackets.
 * @returns `null` when too little is left to know anybody by.
 */
export function coreOfCompanyName(name: string): string | null {
  const written = toSimplified(name.slice(0, MAX_LENGTH).normalize('NFKC').toLowerCase());
  const plain = written
    .replace(/\p{Cf}/gu, '')
    .replace(
      /[([{<【〔《「]([^)\]}>】〕》」]*)[)\]}>】〕》」]/gu,
      (_all: string, inside: string) => (NOTHING_ELSE.test(letters(inside)) ? ' ' : ` ${inside} `)
    );
  const bare = letters(without(plain.trim().replace(/[.,\s]+$/u, ''), FOREIGN_FORM));
  const core = without(without(bare, FORM_AT_END), REGION_AT_START);
  return [...core].length < LEAST_LETTERS ? null : core;
}

/** How it sounds: Han characters in Pinyin without tones, the rest as it is. */
export const pinyinOf = (core: string): string =>
  pinyin(core, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('');

/** In their one form, also where a mark or character comes to stand beside another once what was between them is gone. */
const letters = (text: string): string =>
  toSimplified(text.replace(/[^\p{L}\p{M}\p{N}]/gu, '').normalize('NFKC'));
