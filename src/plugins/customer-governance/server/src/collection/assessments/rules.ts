import type { Core } from '@strapi/strapi';
import { isBookkeeping, isEmpty } from '../../customers/entry/attribute';
import { sameValue } from '../../customers/entry/body';
import { entryOf } from '../../customers/entry/entry';
import { zoneOf } from '../../calendar/zone';
import { actorOf } from '../../organisation/actor';
import { organisationOf } from '../../organisation/organisation';
import { policyOf } from '../../policy';
import { forbidden } from '../../refusal';
import { ASSESSMENT } from '../uids';

/** What the approval writes. */
const STAMPS = ['state', 'attributes', 'approver', 'approvedAt', 'keepUntil'];

/** A draft is written freely; what was approved stays as it was, for as long as it must be kept (PIPL 56) [COL-2]. */
export function addAssessmentRules(strapi: Core.Strapi, clock: () => Date): void {
  entryOf(strapi).addRule(ASSESSMENT, async (entry) => {
    const { data, stored, attributes, report } = entry;
    if (stored?.state === 'approved') {
      throw forbidden('This assessment was approved and stays as it was. Make another one.');
    }
    for (const [name, attribute] of Object.entries(attributes)) {
      if (isBookkeeping(name) || !(name in data) || !STAMPS.includes(name)) continue;
      const before = stored ? stored[name] : attribute.default;
      if (!sameValue(attribute, data[name], before)) {
        report(name, 'is written by the approval of the assessment. Use the action Approve');
      }
    }
    if (entry.action !== 'create') return;
    if (isEmpty(data.plan)) report('plan', 'say of which collection plan this is the assessment');
    if (isEmpty(data.assessor)) {
      const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      if (staff?.active) data.assessor = staff.id;
    }
  });

  strapi.db.lifecycles.subscribe({
    models: [ASSESSMENT],
    beforeDelete: async (event: unknown) => {
      const { where = {} } = (event as { params: { where?: Record<string, unknown> } }).params;
      await refuseKept(strapi, where, clock());
    },
    beforeDeleteMany: async (event: unknown) => {
      const { where = {} } = (event as { params: { where?: Record<string, unknown> } }).params;
      await refuseKept(strapi, where, clock());
    },
  });
}

async function refuseKept(
  strapi: Core.Strapi,
  where: Record<string, unknown>,
  now: Date
): Promise<void> {
  const today = zoneOf(policyOf(strapi).get().calendar.timezone).dayAt(now);
  const kept = await strapi.db.query(ASSESSMENT).count({
    where: { $and: [where, { state: 'approved' }, { keepUntil: { $gte: today } }] },
  });
  if (kept > 0) {
    throw forbidden(
      'An approved impact assessment is kept until the day that stands on it (PIPL 56), so it cannot be deleted yet.'
    );
  }
}
