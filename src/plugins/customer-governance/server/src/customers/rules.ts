import type { Core } from '@strapi/strapi';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { CONTACT, CUSTOMER, resolveType } from '../policy/attribute-path';
import { seesCustomerByApi } from './api-sight';
import { duplicatesOf } from './duplicates/duplicates';
import { isEmpty } from './entry/attribute';
import { fact } from './entry/facts';
import type { BatchRule } from './entry/batch';
import { entryOf, type Entry, type EntryRule } from './entry/entry';
import { NO_SUCH_RECORD } from './entry/settle';
import { deadlineRule, formatRule } from './standards/rules';
import { ownershipOf } from './ownership/ownership';
import { askersAbility, mayReadCustomer } from './visibility';

/** Types whose records belong to a customer. */
const DEPENDENTS = [CONTACT, resolveType('consent'), resolveType('legal-hold')];

/** What this chapter asks of entries. */
export function addCustomerRules(strapi: Core.Strapi, clock: () => Date): void {
  // Before duplicates are looked for, which are known by values in their one form.
  entryOf(strapi).addRule(CUSTOMER, formatRule(strapi));
  entryOf(strapi).addRule(CUSTOMER, deadlineRule(strapi, clock));
  const ownership = ownershipRule(strapi);
  entryOf(strapi).addRule(CUSTOMER, (entry) => ownership([entry]), ownership);
  const { rule, batchRule } = duplicatesOf(strapi);
  for (const uid of [CUSTOMER, CONTACT]) entryOf(strapi).addRule(uid, rule, batchRule);
  for (const uid of DEPENDENTS) entryOf(strapi).addRule(uid, customerInSightRule(strapi));
}

/**
 * A new customer belongs to whoever enters it, unless the entry says otherwise: one without owner and department would be
 * out of everybody's sight.
 */
const ownershipRule =
  (strapi: Core.Strapi): BatchRule =>
  async (entries) => {
    const open = entries
      .filter(({ action }) => action === 'create')
      .map(({ data }) => data)
      .filter((data) => isEmpty(data.owner) || isEmpty(data.department));
    const unowned = open.filter(({ owner }) => isEmpty(owner));
    if (unowned.length > 0 && !ownershipOf(strapi).isLeftOpen()) {
      const actor = actorOf(strapi).identity();
      const staff = await fact('staff who asks', () => organisationOf(strapi).staffOf(actor));
      if (staff?.active) for (const data of unowned) data.owner = staff.id;
    }
    const ofNoDepartment = open.filter(({ department }) => isEmpty(department));
    const owners = new Set(
      ofNoDepartment.flatMap(({ owner }) => (typeof owner === 'number' ? owner : []))
    );
    if (owners.size === 0) return;
    const staff = await organisationOf(strapi).byIds([...owners]);
    for (const data of ofNoDepartment) {
      const owner = staff.get(data.owner as number);
      if (owner?.departmentId) data.department = owner.departmentId;
    }
  };

/**
 * Contacts, consents and holds are entered only for customers in sight: the conditions of a role do not look at what a new
 * record points to.
 */
const customerInSightRule =
  (strapi: Core.Strapi): EntryRule =>
  async (entry: Entry) => {
    const customer = entry.related.customer?.[0];
    if (!customer || isEmpty(entry.data.customer)) return;
    const before = entry.stored?.customer as { id: number } | null | undefined;
    if (before?.id === customer.id) return;
    const ability = askersAbility(strapi);
    const inSight = ability
      ? await mayReadCustomer(strapi, ability, customer.documentId)
      : await seesCustomerByApi(strapi, customer.documentId);
    if (!inSight) {
      entry.report('customer', NO_SUCH_RECORD);
    }
  };
