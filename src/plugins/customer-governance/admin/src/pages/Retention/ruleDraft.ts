import type { RetentionRules, RuleChangeRequest } from '../../api/retention';
import type { Category, CustomerClass, RetentionEvent } from '../../api/vocabulary';

/** A change of a rule as the form holds it. */
export interface RuleDraft {
  operation: RuleChangeRequest['operation'];
  code: string;
  category: Category | 'all';
  attributes: string[];
  purpose: string;
  event: RetentionEvent;
  atMostMonths: string;
  atLeastMonths: string;
  customerClass: CustomerClass | 'all';
}

export const EMPTY_DRAFT: RuleDraft = {
  operation: 'create',
  code: '',
  category: 'all',
  attributes: [],
  purpose: '',
  event: 'last-contact',
  atMostMonths: '',
  atLeastMonths: '',
  customerClass: 'all',
};

/** The form for another value, or for the end, of a rule of the panel. */
export const draftOf = (
  rule: RetentionRules['rules'][number],
  operation: 'change' | 'delete'
): RuleDraft => ({
  operation,
  code: rule.code,
  category: rule.category,
  attributes: rule.attributes ?? [],
  purpose: rule.purpose?.code ?? '',
  event: rule.event,
  atMostMonths: rule.atMostMonths?.toString() ?? '',
  atLeastMonths: rule.atLeastMonths?.toString() ?? '',
  customerClass: rule.customerClass,
});

const months = (text: string): number | undefined =>
  text.trim() === '' ? undefined : Number(text);

/** What is sent to the server, which says what is wrong with it. */
export const requestOf = ({ operation, ...draft }: RuleDraft): RuleChangeRequest => {
  const code = draft.code.trim();
  if (operation === 'delete') return { operation, code };
  const atMost = months(draft.atMostMonths);
  const atLeast = months(draft.atLeastMonths);
  return {
    operation,
    code,
    rule: {
      category: draft.category,
      event: draft.event,
      customerClass: draft.customerClass,
      ...(draft.attributes.length > 0 ? { attributes: draft.attributes } : {}),
      ...(draft.purpose ? { purpose: draft.purpose } : {}),
      ...(atMost === undefined ? {} : { atMostMonths: atMost }),
      ...(atLeast === undefined ? {} : { atLeastMonths: atLeast }),
    },
  };
};
