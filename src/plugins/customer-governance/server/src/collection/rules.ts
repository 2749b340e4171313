import { isEmpty } from '../customers/entry/attribute';
import type { Finding } from '../customers/entry/finding';
import { whyNotFrom, type PartnerFacts } from '../partners/standing';
import type { CollectionPolicy } from '../policy';

type Data = Readonly<Record<string, unknown>>;

/** What a plan lets be collected today. */
export interface PlanFacts {
  code: string;
  /** Why nothing may be collected under it today; `null` when it may. */
  inactive: string | null;
  /** What it collects, as far as one of its active purposes justifies it: `uid.attribute`. */
  collects: ReadonlySet<string>;
}

/** An entry as the rules of collection see it. */
export interface CollectionFacts {
  uid: string;
  /** Whether the entry itself names the plan, or another plan than before. */
  planGiven: boolean;
  /** `null` when the customer has none. */
  plan: PlanFacts | null;
  /** Collectable attributes that get another value; emptied ones are not among them. */
  changed: readonly string[];
  /** Those of them that had no value before. */
  added: ReadonlySet<string>;
  /** Those of them that are sensitive. */
  sensitive: ReadonlySet<string>;
  /** Whether the customer is there already, and so can have a plan and have consented. */
  hasCustomer: boolean;
  /** What the customer's consents cover of sensitive attributes: `uid.attribute`. */
  consented: ReadonlySet<string>;
}

const refused = (attribute: string, reason: string): Finding => ({
  attribute,
  reason,
  refused: true,
});

const keys = new Map<string, Map<string, string>>();

/** One attribute of one type, as sets of them hold it. Of every entry they are asked for, and so made once. */
export function attributeKey(uid: string, attribute: string): string {
  const ofType = keys.get(uid) ?? new Map<string, string>();
  keys.set(uid, ofType);
  const key = ofType.get(attribute) ?? `${uid}.${attribute}`;
  ofType.set(attribute, key);
  return key;
}

/**
 * No customer is collected outside an active plan, and nothing that the plan does not collect [COL-1, COL-2]. A value
 * that is there already may be corrected after the plan has ended; a new one may not be added.
 */
export function planFindings(facts: CollectionFacts): Finding[] {
  const { uid, plan, planGiven, changed, added, hasCustomer } = facts;
  if (!plan) {
    if (!hasCustomer) {
      return [refused('plan', 'choose the collection plan under which this is collected')];
    }
    return changed.map((attribute) =>
      refused(attribute, 'the customer has no collection plan. Choose one first')
    );
  }
  if (plan.inactive && planGiven) {
    return [refused('plan', `${plan.inactive}. Choose a plan that is active today`)];
  }
  return changed.flatMap((attribute) => {
    if (!plan.collects.has(attributeKey(uid, attribute))) {
      return refused(
        attribute,
        `the plan ${plan.code} does not collect it; it would need a purpose that justifies it`
      );
    }
    return plan.inactive && added.has(attribute)
      ? refused(
          attribute,
          `${plan.inactive}. Nothing new is collected under it; choose another plan`
        )
      : [];
  });
}

/** Sensitive attributes need the data subject's own consent, which needs a customer to stand with [COL-4]. */
export function consentFindings(facts: CollectionFacts): Finding[] {
  return facts.changed
    .filter((attribute) => facts.sensitive.has(attribute))
    .filter((attribute) => !facts.consented.has(attributeKey(facts.uid, attribute)))
    .map((attribute) =>
      refused(
        attribute,
        facts.hasCustomer
          ? 'is sensitive, and the customer has not consented to it separately for a purpose that justifies it. Record that consent first'
          : 'is sensitive. Create the customer first, record the separate consent, then add it'
      )
    );
}

/** From whom the information comes, as an entry has it. */
export interface OriginFacts {
  /** Whether the entry sets method, partner or first contact anew. */
  changed: boolean;
  /** `null` when none is named. */
  partner: PartnerFacts | null;
  /** The day of the first contact; of an entry that has none, today. */
  day: string;
}

/** Where and how a customer came to us: lawfully, and said [COL-3]. */
export function provenanceFindings(
  policy: CollectionPolicy,
  data: Data,
  stored: Data | null,
  { changed, partner, day }: OriginFacts
): Finding[] {
  const findings: Finding[] = [];
  const after = (name: string) => (name in data ? data[name] : stored?.[name]);
  const touched = (name: string) => !stored || (name in data && data[name] !== stored[name]);
  if (touched('source')) {
    if (isEmpty(after('source'))) {
      findings.push({ attribute: 'source', reason: 'say where the customer comes from' });
    } else if (policy.barredSources.includes(String(after('source')))) {
      findings.push(
        refused(
          'source',
          `is barred: nothing is taken in that was obtained so (${policy.barredSources.join(', ')})`
        )
      );
    }
  }
  if (touched('method') && isEmpty(after('method'))) {
    findings.push({ attribute: 'method', reason: 'say how the information was collected' });
  }
  if (policy.indirectSourceNeedsPartner && changed && after('method') === 'indirect') {
    const reason = partner
      ? whyNotFrom(partner, day)
      : 'name the partner from whom the information comes. It must be registered, qualified and bound by an NDA';
    if (reason) findings.push(refused('partner', reason));
  }
  return findings;
}

/**
 * What no file is opened without [COL-5]. Later, a required attribute may be changed but not emptied, and whoever changes
 * the kind must bring what that kind requires.
 */
export function requiredFindings(
  policy: CollectionPolicy,
  data: Data,
  stored: Data | null
): Finding[] {
  const kind = data.kind ?? stored?.kind ?? 'person';
  if (kind !== 'person' && kind !== 'company') return [];
  const everything = !stored || (data.kind !== undefined && data.kind !== stored.kind);
  return policy.required[kind]
    .filter((name) => everything || (name in data && !isEmpty(stored[name])))
    .filter((name) => isEmpty(name in data ? data[name] : stored?.[name]))
    .map((attribute) => ({ attribute, reason: `is required of a ${kind}` }));
}
