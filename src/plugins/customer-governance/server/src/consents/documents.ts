import type { Core } from '@strapi/strapi';
import { isEmpty } from '../customers/entry/attribute';
import { entryOf } from '../customers/entry/entry';
import { currentOperation } from '../operation';
import { CONSENT } from './consents';
import { changedConsentFindings, newConsentFindings } from './rules';
import { forbidden } from '../refusal';

const forbid = (message: string): never => {
  throw forbidden(message);
};

const WITHDRAWN =
  'A withdrawn consent cannot be changed or given again. If the customer agrees anew, record another consent.';
const EVIDENCE_STAYS =
  'A consent cannot be deleted: it is the evidence of what was agreed to. Withdraw it instead; it goes with its customer.';

/** Consents are entered once, withdrawn once, and otherwise stay as they are [COL-4]. */
export function addConsentRules(strapi: Core.Strapi, clock: () => Date = () => new Date()): void {
  entryOf(strapi).addRule(CONSENT, ({ action, attributes, data, stored, report }) => {
    const now = clock();
    if (action === 'create') {
      for (const { attribute, reason } of newConsentFindings(data, now)) report(attribute, reason);
      if (isEmpty(data.givenAt)) data.givenAt = now.toISOString();
      return;
    }
    if (stored?.state === 'withdrawn') forbid(WITHDRAWN);
    const findings = changedConsentFindings(attributes, data, stored ?? {});
    for (const { attribute, reason } of findings) report(attribute, reason);
    // A form sends the state back: should the consent be withdrawn meanwhile, that must not give it again.
    delete data.state;
    delete data.withdrawnAt;
  });
}

interface WriteEvent {
  params: { where?: Record<string, unknown>; data?: Record<string, unknown> };
}

/** Deletion and revival are refused at the last line before the database, for every path that leads there. */
export function protectConsents(strapi: Core.Strapi): void {
  const refuseDeletion = () => {
    if (!currentOperation()) forbid(EVIDENCE_STAYS);
  };
  const refuseRevival = async (event: unknown) => {
    if (currentOperation()) return;
    const { where = {} } = (event as WriteEvent).params;
    const withdrawn = await strapi.db
      .query(CONSENT)
      .count({ where: { $and: [where, { state: 'withdrawn' }] } });
    if (withdrawn > 0) forbid(WITHDRAWN);
  };
  strapi.db.lifecycles.subscribe({
    models: [CONSENT],
    beforeUpdate: refuseRevival,
    beforeUpdateMany: refuseRevival,
    beforeDelete: refuseDeletion,
    beforeDeleteMany: refuseDeletion,
  });
}
