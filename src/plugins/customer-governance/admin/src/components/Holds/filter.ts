/** What the form of a hold by filter asks for. An empty text asks for nothing. */
export interface FilterDraft {
  kind: string;
  department: string;
  keyCustomer: '' | 'yes' | 'no';
  lastContactFrom: string;
  lastContactTo: string;
  relationEndedFrom: string;
  relationEndedTo: string;
}

export const EMPTY_FILTER: FilterDraft = {
  kind: '',
  department: '',
  keyCustomer: '',
  lastContactFrom: '',
  lastContactTo: '',
  relationEndedFrom: '',
  relationEndedTo: '',
};

type Condition = Record<string, unknown>;
export type HoldFilter = { $and: Condition[] };

const SPANS = [
  ['lastContactOn', 'lastContactFrom', 'lastContactTo'],
  ['relationEndedOn', 'relationEndedFrom', 'relationEndedTo'],
] as const;

/** The draft as the server takes a filter; `null` while it asks for nothing. */
export const holdFilter = (draft: FilterDraft): HoldFilter | null => {
  const conditions: Condition[] = [];
  if (draft.kind) conditions.push({ kind: { $eq: draft.kind } });
  if (draft.department) conditions.push({ department: { documentId: { $eq: draft.department } } });
  if (draft.keyCustomer) conditions.push({ keyCustomer: { $eq: draft.keyCustomer === 'yes' } });
  for (const [attribute, from, to] of SPANS) {
    if (draft[from]) conditions.push({ [attribute]: { $gte: draft[from] } });
    if (draft[to]) conditions.push({ [attribute]: { $lte: draft[to] } });
  }
  return conditions.length > 0 ? { $and: conditions } : null;
};

/** One condition of a filter, taken apart so that it can be said in words. */
export interface Term {
  attribute: string;
  operator: string;
  /** The values as texts; of a relation, ids. */
  values: string[];
}

const isObject = (value: unknown): value is Condition =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const termsOf = (attribute: string, value: unknown): Term[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) =>
        key.startsWith('$')
          ? [{ attribute, operator: key, values: [inner].flat().map(String) }]
          : // An id of what the record is related to.
            termsOf(attribute, inner)
      )
    : [{ attribute, operator: '$eq', values: [String(value)] }];

/**
 * The conditions of a filter that must all be met; `null` for one of alternatives, which is shown as it stands: a filter
 * may have come by the API.
 */
export const readFilter = (filter: Condition): Term[] | null => {
  const terms: Term[] = [];
  for (const [key, value] of Object.entries(filter)) {
    if (key === '$and' && Array.isArray(value)) {
      for (const part of value) {
        const inner = isObject(part) ? readFilter(part) : null;
        if (!inner) return null;
        terms.push(...inner);
      }
    } else if (key.startsWith('$')) return null;
    else terms.push(...termsOf(key, value));
  }
  return terms;
};
