import type { Core } from '@strapi/strapi';
import { isBookkeeping } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import { entryOf, type Entry } from '../customers/entry/entry';
import { CUSTOMER } from '../policy/attribute-path';
import { keyOf, narrowingFindings, planFormFindings, readAttributes } from './plan-rules';
import { PLAN, PURPOSE } from './uids';
import { forbidden } from '../refusal';

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
    const after = { ...entry.stored, ...entry.data };
    for (const { attribute, reason } of planFormFindings(after)) entry.report(attribute, reason);
    if (!touchesScope(entry)) return;
    const list = readAttributes(after.attributes, exists);
    if (!list.ok) {
      entry.report('attributes', list.reason);
      return;
    }
    const justified = await justifiedBy(strapi, entry);
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

/** Whether the write changes what is collected. A plan whose purpose ended can still be closed. */
function touchesScope({ action, attributes, data, stored }: Entry): boolean {
  if (action === 'create') return true;
  const changes = (name: string) => {
    const attribute = attributes[name];
    return attribute && name in data && !sameValue(attribute, data[name], stored?.[name]);
  };
  return Boolean(
    changes('attributes') ||
    changes('purposes') ||
    (data.state === 'active' && stored?.state !== 'active')
  );
}

async function justifiedBy(strapi: Core.Strapi, { related }: Entry): Promise<Set<string>> {
  const ids = (related.purposes ?? []).map(({ id }) => id);
  const purposes = (await strapi.db.query(PURPOSE).findMany({
    select: ['attributes'],
    where: { id: { $in: ids }, active: true },
  })) as Array<{ attributes: string[] }>;
  return new Set(purposes.flatMap(({ attributes }) => attributes.map(keyOf)));
}

/** The plan tells under which notice a customer was collected, so it stays as long as there is one. */
async function refuseIfUsed(strapi: Core.Strapi, documentId: string): Promise<void> {
  const customers = await strapi.db
    .query(CUSTOMER)
    .count({ where: { plan: { documentId: String(documentId) } } });
  if (customers > 0) {
    throw forbidden(
      'Customers were collected under this plan, so it cannot be deleted. Close it instead.'
    );
  }
}
