import { CONTACT, CUSTOMER } from '../../policy/attribute-path';
import type { DuplicateKey, NearKey } from '../../policy';
import type { ClearValues, IdentityKey } from '../../vault/identities';
import { personName } from '../../vault/kinds/person-name';
import { coreOfCompanyName, pinyinOf } from './company-name';

/** Of a longer text the beginning; no name is as long. */
const MAX_LENGTH = 400;

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, MAX_LENGTH) : null;

/** One form for what people write alike: width, case, spaces and the signs of either width. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]/gu, '');

/** A person may be in a file with the employer's name and code, which are not the person's own. */
const ofCompany = (values: ClearValues, attribute: string): string | null =>
  values.kind === 'company' ? text(values[attribute]) : null;

const COMPANY_NAME = { [CUSTOMER]: ['kind', 'companyName'] };

const nearKey = (code: NearKey, of: (core: string) => string): IdentityKey => ({
  code,
  exclusive: false,
  attributes: COMPANY_NAME,
  textOf(_uid, values) {
    const name = ofCompany(values, 'companyName');
    const core = name === null ? null : coreOfCompanyName(name);
    return core === null ? null : of(core);
  },
});

/** By what a customer is known again. Changed in what they compare, they need another code: old digests would not fit. */
export const IDENTITY_KEYS: Readonly<Record<DuplicateKey | NearKey, IdentityKey>> = {
  'company-name': {
    code: 'company-name',
    exclusive: true,
    attributes: COMPANY_NAME,
    textOf(_uid, values) {
      const name = ofCompany(values, 'companyName');
      return name === null ? null : plainName(name) || null;
    },
  },
  'credit-code': {
    code: 'credit-code',
    exclusive: true,
    attributes: { [CUSTOMER]: ['kind', 'creditCode'] },
    textOf(_uid, values) {
      const code = ofCompany(values, 'creditCode');
      return code === null ? null : code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
    },
  },
  contact: {
    code: 'contact',
    exclusive: true,
    attributes: { [CUSTOMER]: ['name', 'mobile'], [CONTACT]: ['name', 'mobile', 'customer'] },
    textOf(_uid, values) {
      const name = text(values.name);
      const mobile = text(values.mobile);
      if (name === null || mobile === null) return null;
      return `${plainName(personName.transforms.exact?.(name) ?? name)}\n${mobile}`;
    },
  },
  'company-core': nearKey('company-core', (core) => core),
  'company-pinyin': nearKey('company-pinyin', pinyinOf),
};

/** The attribute under which a duplicate is told. */
export const TOLD_AT: Readonly<Record<DuplicateKey | NearKey, string>> = {
  'company-name': 'companyName',
  'credit-code': 'creditCode',
  contact: 'mobile',
  'company-core': 'companyName',
  'company-pinyin': 'companyName',
};
