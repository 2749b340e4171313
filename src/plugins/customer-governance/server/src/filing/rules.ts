import type { Core } from '@strapi/strapi';
import { isEmpty } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import type { BatchRule } from '../customers/entry/batch';
import { entryOf, type EntryRule } from '../customers/entry/entry';
import { fact } from '../customers/entry/facts';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { CUSTOMER } from '../policy/attribute-path';
import { freezeInReview } from './freeze';
import { GIVEN } from './models';

const GIVEN_REASON = 'is given by review and filing. Leave it out';

type RowRef = { id: number };

/** What this chapter asks of customers and contacts [COL-9]. */
export function addFilingRules(strapi: Core.Strapi): void {
  entryOf(strapi).addRule(CUSTOMER, givenRule);
  const enterer = entererRule(strapi);
  entryOf(strapi).addRule(CUSTOMER, (entry) => enterer([entry]), enterer);
  freezeInReview(strapi);
}

const givenRule: EntryRule = ({ attributes, data, stored, report }) => {
  for (const name of GIVEN) {
    const attribute = attributes[name];
    if (!attribute || !(name in data)) continue;
    if (!sameValue(attribute, data[name], stored ? stored[name] : attribute.default)) {
      report(name, GIVEN_REASON);
    }
  }
};

/** Who enters a customer is noted by itself: another one reviews it. */
const entererRule =
  (strapi: Core.Strapi): BatchRule =>
  async (entries) => {
    const actor = actorOf(strapi).identity();
    let staff: { id: number } | null | undefined;
    for (const entry of entries) {
      const { action, data, stored } = entry;
      const named = entry.related.enteredBy?.[0]?.id ?? null;
      if (action === 'update') {
        const before = (stored?.enteredBy as RowRef | null | undefined)?.id ?? null;
        if (named !== before) entry.report('enteredBy', 'stays who it was. Leave it out');
        continue;
      }
      staff ??= await fact('staff who asks', () => organisationOf(strapi).staffOf(actor));
      if (!isEmpty(data.enteredBy) && named !== (staff?.id ?? null)) {
        entry.report('enteredBy', 'is noted by itself: whoever enters the customer. Leave it out');
      } else if (staff) {
        data.enteredBy = staff.id;
      }
    }
  };
