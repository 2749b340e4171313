import type { Core } from '@strapi/strapi';
import { entryOf } from '../customers/entry/entry';
import { CUSTOMER } from '../policy/attribute-path';
import { forbidden } from '../refusal';
import { PARTNER } from './partners';
import { partnerFindings } from './standing';

/** A partner from which customers came tells where they came from, so it stays as long as one of them. */
const STAYS =
  'Customers came from this partner, so it cannot be deleted. Suspend it instead: nothing more is taken in from it.';

/** What is asked of partners, and what keeps them from being deleted. */
export function addPartnerRules(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(PARTNER, ({ attributes, data, stored, report }) => {
    const state = stored?.state ?? attributes.state?.default;
    for (const { attribute, reason } of partnerFindings({ state, ...stored, ...data }))
      report(attribute, reason);
  });

  const refuseUsed = async (event: unknown) => {
    const { where = {} } = (event as { params: { where?: Record<string, unknown> } }).params;
    const rows: Array<{ id: number }> = await strapi.db
      .query(PARTNER)
      .findMany({ select: ['id'], where });
    const used = await strapi.db
      .query(CUSTOMER)
      .count({ where: { partner: { $in: rows.map(({ id }) => id) } } });
    if (used > 0) throw forbidden(STAYS);
  };
  strapi.db.lifecycles.subscribe({
    models: [PARTNER],
    beforeDelete: refuseUsed,
    beforeDeleteMany: refuseUsed,
  });
}
