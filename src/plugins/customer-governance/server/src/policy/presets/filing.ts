import type { FilingNumberRule, FilingPolicy } from '../policy';

/** Every handbook has what was entered reviewed by somebody else before it is used widely [COL-9]. */
export const filing: Omit<FilingPolicy, 'reviewer' | 'number'> = {
  required: true,
  checklist: [
    {
      code: 'complete',
      name: {
        en: 'What is required is there, and nothing is a placeholder',
        zh: '必填项齐全，无占位或敷衍内容',
      },
    },
    {
      code: 'accurate',
      name: {
        en: 'The information is plausible, in form, and of no customer on file',
        zh: '信息真实合理、格式正确，与已建档客户不重复',
      },
    },
    {
      code: 'compliant',
      name: {
        en: 'Plan, source and consent cover what was collected',
        zh: '采集计划、来源与同意覆盖所采集的内容',
      },
    },
  ],
  unfiledUse: 'team',
};

/** `KH-2026-00042` */
export const yearlyNumber: FilingNumberRule = {
  parts: [
    { kind: 'text', text: 'KH' },
    { kind: 'year', digits: 4 },
    { kind: 'sequence', digits: 5, restart: 'year' },
  ],
  separator: '-',
};

/** `KH-3101-P-2026-00042`: with the prefecture, and whether it is a key customer. */
export const codedNumber: FilingNumberRule = {
  parts: [
    { kind: 'text', text: 'KH' },
    { kind: 'region', digits: 4, otherwise: '0000' },
    { kind: 'class', key: 'K', ordinary: 'P' },
    { kind: 'year', digits: 4 },
    { kind: 'sequence', digits: 5, restart: 'year' },
  ],
  separator: '-',
};
