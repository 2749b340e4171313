import type { Core } from '@strapi/strapi';
import { isBookkeeping, isEmpty } from '../../customers/entry/attribute';
import { sameValue } from '../../customers/entry/body';
import { entryOf, type Entry } from '../../customers/entry/entry';
import { CUSTOMER } from '../../policy/attribute-path';
import { forbidden } from '../../refusal';
import { PLAN, PURPOSE } from '../uids';
import { keyOf, narrowingFindings, planFormFindings, readAttributes } from './form';
import { changedPlanFindings } from './stages';

/** Whether the application has such an attribute, for purposes and plans to name. */
export const attributeExists =
  (strapi: Core.Strapi) =>
  (uid: string, attribute: string): boolean => {
    const type = Object.values(strapi.contentTypes).find((one) => one.uid === uid);
    return (
      type !== undefined && Object.hasOwn(type.attributes, attribute) && !isBookkeeping(attribute)
    );
  };

/** What is asked of a collection plan [COL-1, COL-2]. */
export function addPlanRules(strapi: Core.Strapi): void {
  const exists = attributeExists(strapi);
  entryOf(strapi).addRule(PLAN, async (entry) => {
    const changed = changedNames(entry);
    for (const { attribute, reason } of changedPlanFindings(entry.data, entry.stored, changed)) {
      entry.report(attribute, reason);
    }
    const after = { ...entry.stored, ...entry.data };
    for (const { attribute, reason } of planFormFindings(after)) entry.report(attribute, reason);
    const touchesScope =
      entry.action === 'create' || changed.has('attributes') || changed.has('purposes');
    if (!touchesScope) return;
    const paths = await justifiedBy(strapi, entry);
    // A plan gets what its purposes justify, unless it says that it needs less.
    if (isEmpty(after.attributes) || (after.attributes as unknown[]).length === 0) {
      entry.data.attributes = [...paths].sort();
      return;
    }
    const list = readAttributes(after.attributes, exists);
    if (!list.ok) {
      entry.report('attributes', list.reason);
      return;
    }
    const justified = new Set([...paths].map(keyOf));
    for (const { attribute, reason } of narrowingFindings(list.keys, justified)) {
      entry.report(attribute, reason);
    }
  });

  strapi.documents.use(async (context, next) => {
    if ((context.uid as string) === PLAN && context.action === 'delete') {
      await refuseIfUsed(strapi, (context.params as { documentId: string }).documentId);
    }
    return next();
  });
}

/** The attributes that the write gives another value. */
function changedNames({ attributes, data, stored }: Entry): ReadonlySet<string> {
  return new Set(
    Object.entries(attributes).flatMap(([name, attribute]) =>
      name in data && !isBookkeeping(name) && !sameValue(attribute, data[name], stored?.[name])
        ? name
        : []
    )
  );
}

/** The attributes that one of the plan's active purposes justifies, as the purposes write them. */
async function justifiedBy(strapi: Core.Strapi, { related }: Entry): Promise<Set<string>> {
  const ids = (related.purposes ?? []).map(({ id }) => id);
  const purposes = (await strapi.db.query(PURPOSE).findMany({
    select: ['attributes'],
    where: { id: { $in: ids }, active: true },
  })) as Array<{ attributes: string[] }>;
  return new Set(purposes.flatMap(({ attributes }) => attributes));
}

/** The plan tells under which notice a customer was collected, so it stays as long as there is one. */
async function refuseIfUsed(strapi: Core.Strapi, documentId: string): Promise<void> {
  const id = String(documentId);
  const plan = await strapi.db.query(PLAN).findOne({ where: { documentId: id } });
  if (plan && plan.state !== 'draft') {
    throw forbidden(
      plan.state === 'in-review'
        ? 'This plan waits for its approval. Withdraw it first, then delete it.'
        : 'This plan was approved, and what was approved is kept. Close it instead.'
    );
  }
  const customers = await strapi.db.query(CUSTOMER).count({ where: { plan: { documentId: id } } });
  if (customers > 0) {
    throw forbidden(
      'Customers were collected under this plan, so it cannot be deleted. Close it instead.'
    );
  }
}
