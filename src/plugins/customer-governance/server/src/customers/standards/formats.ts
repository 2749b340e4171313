import type { KindId } from '../../vault/kinds';
import { kinds } from '../../vault/kinds';
import { readCreditCode } from '../credit-code';
import type { Format, FormatId, Read } from './format';
import { INDUSTRY_SECTIONS, industryNamed } from './industries';
import { regionNamed } from './regions';
import { readWebsite } from './website';

const KIND_HINTS: Readonly<Record<KindId, Format['hint']>> = {
  'person-name': {
    en: 'The full name in any script, without digits or brackets.',
    zh: '完整姓名，不含数字和括号。',
  },
  mobile: {
    en: '11 digits of mainland China, or a foreign number with + and its country code.',
    zh: '中国大陆 11 位手机号；境外号码请带“+”和国家代码。',
  },
  landline: {
    en: 'With its area code; an extension after a hyphen.',
    zh: '带区号的固定电话，分机号写在连字符之后。',
  },
  email: { en: 'One address of the form name@domain.', zh: '一个邮箱地址，形如“名称@域名”。' },
  'resident-id': {
    en: '18 characters with a check digit (GB 11643).',
    zh: '18 位公民身份号码，校验码须正确（GB 11643）。',
  },
  passport: {
    en: '6 to 9 letters and digits, as on the data page.',
    zh: '6 至 9 位字母和数字，与护照资料页一致。',
  },
  'bank-card': {
    en: '12 to 19 digits with a check digit (Luhn).',
    zh: '12 至 19 位卡号，校验位须正确（Luhn）。',
  },
  address: {
    en: 'From the province down to the house number.',
    zh: '从省、市、区写到门牌号。',
  },
  'birth-date': { en: 'Year-month-day, not in the future.', zh: '年-月-日，不晚于今天。' },
  'instant-messenger': {
    en: 'The account name, not the display name.',
    zh: '账号名，而不是昵称。',
  },
  'free-text': { en: 'Any text on several lines.', zh: '任意文字，可多行。' },
};

const fromKind = (id: KindId): Format => ({
  id,
  hint: KIND_HINTS[id],
  example: kinds[id].example,
  maxLength: kinds[id].maxLength,
  read: (raw): Read => {
    const parsed = kinds[id].parse(raw);
    return parsed.ok ? parsed : { ok: false, reason: parsed.message };
  },
});

/** More than any name of an industry or a division takes; whoever types more has taken the wrong field. */
const NAME_LENGTH = 80;

const cleaned = (raw: string): string =>
  raw
    .slice(0, 2 * NAME_LENGTH)
    .normalize('NFKC')
    .trim();

const creditCode: Format = {
  id: 'credit-code',
  hint: {
    en: '18 digits and letters with a check character (GB 32100).',
    zh: '18 位统一社会信用代码，校验码须正确（GB 32100）。',
  },
  example: '91350100M000100Y43',
  maxLength: 40,
  read: readCreditCode,
};

const website: Format = {
  id: 'website',
  hint: { en: 'The address of the website.', zh: '网站地址。' },
  example: 'https://www.example.com',
  maxLength: 200,
  read: readWebsite,
};

const industry: Format = {
  id: 'industry',
  hint: {
    en: 'A section or division of GB/T 4754, by its name or code.',
    zh: 'GB/T 4754 的门类或大类，填名称或代码。',
  },
  example: '批发和零售业',
  maxLength: NAME_LENGTH,
  choices: INDUSTRY_SECTIONS.map(({ code, name }) => ({ value: name.zh, code, name })),
  read: (raw): Read => {
    const text = cleaned(raw);
    const found = industryNamed(text);
    return found
      ? { ok: true, value: found.name.zh }
      : {
          ok: false,
          nearest: text,
          reason:
            'is not an industry of GB/T 4754. Choose one from the list, such as 批发和零售业 (F), or give its code',
        };
  },
};

const region: Format = {
  id: 'region',
  hint: {
    en: 'Six digits of GB/T 2260, or the names from the province down. Taken from the address where it is left empty.',
    zh: 'GB/T 2260 六位代码，或从省写起的名称；留空时取自地址。',
  },
  example: '330106',
  maxLength: NAME_LENGTH,
  read: (raw): Read => {
    const found = regionNamed(cleaned(raw));
    return found
      ? { ok: true, value: found.code }
      : {
          ok: false,
          reason:
            'is not an administrative division of GB/T 2260. Give its six digits, such as 330106, or its names from the province down',
        };
  },
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

const date: Format = {
  id: 'date',
  hint: { en: 'Year-month-day (ISO 8601).', zh: '年-月-日（ISO 8601）。' },
  example: '2026-03-01',
  maxLength: 10,
  read: (raw): Read =>
    isDay(raw)
      ? { ok: true, value: raw }
      : { ok: false, reason: "must be a day of the calendar, such as '2026-03-01'" },
};

const MOMENT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

const moment: Format = {
  id: 'moment',
  hint: { en: 'Date and time (ISO 8601).', zh: '日期和时间（ISO 8601）。' },
  example: '2026-03-01T09:30:00.000Z',
  maxLength: 40,
  read: (raw): Read => {
    const day = MOMENT.exec(raw)?.[1];
    const at = new Date(raw);
    return day && isDay(day) && !Number.isNaN(at.getTime())
      ? { ok: true, value: at.toISOString() }
      : { ok: false, reason: "must be a date and time, such as '2026-03-01T09:30:00Z'" };
  },
};

/** Every format by its id. */
export const FORMATS: Readonly<Record<FormatId, Format>> = {
  ...(Object.fromEntries(
    (Object.keys(KIND_HINTS) as KindId[]).map((id) => [id, fromKind(id)])
  ) as Record<KindId, Format>),
  'credit-code': creditCode,
  website,
  industry,
  region,
  date,
  moment,
};

/** The attributes of a customer that are stored in clear and have a form of their own. */
export const CLEAR_FORMATS = {
  creditCode: 'credit-code',
  website: 'website',
  industry: 'industry',
  region: 'region',
} as const satisfies Readonly<Record<string, FormatId>>;

/** The format of an attribute, by its kind of protected value, its name or its type. */
export function formatOf(
  attribute: string,
  kind: KindId | undefined,
  type: string | undefined
): Format | null {
  if (kind) return FORMATS[kind];
  if (Object.hasOwn(CLEAR_FORMATS, attribute)) {
    return FORMATS[CLEAR_FORMATS[attribute as keyof typeof CLEAR_FORMATS]];
  }
  if (type === 'date') return FORMATS.date;
  return type === 'datetime' ? FORMATS.moment : null;
}
