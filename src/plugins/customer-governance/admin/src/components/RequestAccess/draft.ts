import type { AccessRequestInput, AccessRequestView, Purpose } from '../../api/types';
import type { Recipient } from '../../api/vocabulary';
import type { MessageId } from '../../utils/messages';
import { purposeCovers } from '../../utils/purposes';

/** A request for access while it is being filled in. */
export interface Draft {
  purpose: string;
  attributes: string[];
  termDays: string;
  /** Empty for as often as needed. */
  revealLimit: string;
  recipient: Recipient;
  reason: string;
}

export const EMPTY_DRAFT: Draft = {
  purpose: '',
  attributes: [],
  termDays: '',
  revealLimit: '',
  recipient: 'self',
  reason: '',
};

/** The draft of a request like an earlier one. */
export const draftOf = (request: AccessRequestView): Draft => ({
  purpose: request.purpose?.code ?? '',
  attributes: request.attributes,
  termDays: String(request.termDays),
  revealLimit: request.revealLimit ? String(request.revealLimit) : '',
  recipient: request.recipient ?? 'self',
  reason: request.reason,
});

/** What of a draft goes to the server. */
export const inputOf = (draft: Draft): Omit<AccessRequestInput, 'type' | 'records'> => ({
  purpose: draft.purpose,
  attributes: draft.attributes,
  termDays: Number(draft.termDays),
  revealLimit: draft.revealLimit === '' ? null : Number(draft.revealLimit),
  recipient: draft.recipient,
  reason: draft.reason.trim(),
});

export type DraftErrors = Partial<Record<keyof Draft, MessageId>>;

const WHOLE_DAYS = /^[1-9]\d{0,3}$/;
const TIMES = /^([1-9]\d{0,3})?$/;

/** As much as the server takes. */
export const LONGEST_REASON = 1000;

/** What is still wrong with a draft. The policy's own limits (longest term, allowed purposes) are the server's to check. */
export const checkDraft = (draft: Draft): DraftErrors => ({
  ...(draft.purpose === '' && { purpose: 'error.required' as const }),
  ...(draft.attributes.length === 0 && { attributes: 'error.chooseAttribute' as const }),
  ...(!WHOLE_DAYS.test(draft.termDays) && { termDays: 'error.wholeDays' as const }),
  ...(!TIMES.test(draft.revealLimit) && { revealLimit: 'error.wholeTimes' as const }),
  ...(draft.reason.trim() === '' && { reason: 'error.required' as const }),
});

/** Changes the purpose, and drops the attributes that the new one does not justify. */
export const withPurpose = (
  draft: Draft,
  code: string,
  purposes: Purpose[],
  type: string
): Draft => {
  const purpose = purposes.find((each) => each.code === code);
  if (!purpose) return { ...draft, purpose: code };
  return {
    ...draft,
    purpose: code,
    attributes: draft.attributes.filter((name) => purposeCovers(purpose, type, name)),
  };
};

/** Adds or removes one attribute, keeping the order in which they are offered. */
export const toggleAttribute = (draft: Draft, name: string, offered: string[]): Draft => {
  const chosen = new Set(draft.attributes);
  if (!chosen.delete(name)) chosen.add(name);
  return { ...draft, attributes: offered.filter((each) => chosen.has(each)) };
};
