import { createIntl } from 'react-intl';

import en from '../translations/en.json';
import zhHans from '../translations/zh-Hans.json';
import { asEnd, countedAs } from './plainWords';

const PREFIX = 'customer-governance.plain.';

const inWords = (locale: 'en' | 'zh-Hans') => {
  const intl = createIntl({ locale, messages: locale === 'en' ? en : zhHans });
  return (id: string, values: Record<string, string | number>): string =>
    intl.formatMessage({ id: PREFIX + id }, values);
};

describe('a request in plain words', () => {
  it.each([
    ['Signing the contract.', 'Signing the contract.'],
    ['Signing the contract', 'Signing the contract.'],
    ['签约前核对证件。', '签约前核对证件。'],
    ['  Why not?  ', 'Why not?'],
    ['Version 1.5', 'Version 1.5.'],
  ])('ends with the reason “%s” as it was written', (reason, expected) => {
    expect(asEnd(reason, '.')).toBe(expected);
  });

  it('counts customers and contacts as such, and all else as records', () => {
    expect(countedAs('plugin::customer-governance.customer')).toBe('customer');
    expect(countedAs('plugin::customer-governance.contact')).toBe('contact');
    expect(countedAs('api::customer.customer')).toBe('record');
  });

  it('is a sentence in English, for one and for many', () => {
    const say = inWords('en');
    const asked = { purpose: 'Service', reason: asEnd('the customer called', say('fullStop', {})) };
    const who = say('person', { name: 'Li Na', department: 'Sales East' });
    expect(
      say('request', {
        ...asked,
        who,
        count: 2,
        attributes: ['Mobile', 'Resident ID'].join(say('separator', {})),
        records: say('count.customer', { count: 14 }),
        days: 7,
      })
    ).toBe(
      'Li Na (Sales East) wants to see 2 attributes (Mobile, Resident ID) of 14 customers for 7 days, for the purpose “Service”, because: the customer called.'
    );
    expect(
      say('ownRequest', {
        ...asked,
        count: 1,
        attributes: 'Mobile',
        records: say('count.contact', { count: 1 }),
        days: 1,
      })
    ).toBe(
      'You want to see one attribute (Mobile) of one contact for one day, for the purpose “Service”, because: the customer called.'
    );
  });

  it('is a sentence in Chinese', () => {
    const say = inWords('zh-Hans');
    const who = say('person', { name: '李娜', department: '华东销售部' });
    expect(
      say('request', {
        who,
        count: 2,
        attributes: ['手机号', '身份证号'].join(say('separator', {})),
        records: say('count.customer', { count: 14 }),
        days: 7,
        purpose: '身份核验',
        reason: asEnd('签约前核对', say('fullStop', {})),
      })
    ).toBe(
      '李娜（华东销售部）申请在 7 天内查看 14 位客户的 2 项字段（手机号、身份证号），用于“身份核验”，理由：签约前核对。'
    );
  });
});
