import type { VisitKind } from '../../api/vocabulary';

/** What stands in the counter's form. */
export interface Draft {
  /** Random; the server does an entry with it once. */
  key: string;
  kind: VisitKind;
  source: string;
  staff: { documentId: string; name: string } | null;
  interest: string;
  region: string;
  outcome: string;
  nextStep: string;
  /** Whether the visitor left details. */
  left: boolean;
  plan: string;
  name: string;
  mobile: string;
  companyName: string;
  industry: string;
}

/** A key of 32 random digits, also where the page has no secure context, as a counter's intranet may not. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

export const emptyDraft = (plan: string): Draft => ({
  key: newKey(),
  kind: 'visit',
  source: '',
  staff: null,
  interest: '',
  region: '',
  outcome: '',
  nextStep: '',
  left: false,
  plan,
  name: '',
  mobile: '',
  companyName: '',
  industry: '',
});

const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));

/** The entry as the server takes it: what is blank is left out. */
export const bodyOf = (draft: Draft, now: Date): Record<string, unknown> => {
  const { kind, source, staff, interest, region, outcome, nextStep, left } = draft;
  const { plan, name, mobile, companyName, industry } = draft;
  return {
    kind,
    at: now.toISOString(),
    ...filled({ source, interest, region, outcome, nextStep }),
    ...(staff && { staff: staff.documentId }),
    ...(left && {
      details: {
        kind: companyName.trim() === '' ? 'person' : 'company',
        ...filled({ plan, name, mobile, companyName, industry }),
      },
    }),
  };
};
