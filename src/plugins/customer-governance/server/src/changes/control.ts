import type { Core } from '@strapi/strapi';
import { isStoredInClear } from '../access/stored-value';
import { attributeOf, isEmpty } from '../customers/entry/attribute';
import { sameValue } from '../customers/entry/body';
import type { Entry, EntryRule } from '../customers/entry/entry';
import { currentOperation } from '../operation';
import { actorOf } from '../organisation/actor';
import { policyOf, resolveAttribute } from '../policy';
import { forbidden } from '../refusal';
import { vaultOf } from '../vault/vault';
import type { ChangeGuard } from '../vault/guards';

const HOW =
  'is controlled: it changes only by a request that somebody else approves. Leave it here as it is and propose the change, ' +
  'with its reason: in the panel beside the record, or by POST to /api/customer-governance/change-requests';

/** The types of which the policy controls an attribute. */
export const controlledTypes = (strapi: Core.Strapi): string[] => [
  ...new Set(
    policyOf(strapi)
      .get()
      .changes.controlled.map((path) => resolveAttribute(path).uid)
  ),
];

/** Code that runs as a system actor of its own name (a seed, an import) writes like the product itself. */
const isFree = (strapi: Core.Strapi): boolean =>
  currentOperation() !== undefined || actorOf(strapi).identity()?.kind === 'system';

/**
 * Refuses an entry that would change a controlled attribute, whoever enters it and wherever. The first value of an
 * attribute is entered as any other.
 */
export const controlRule =
  (strapi: Core.Strapi): EntryRule =>
  async (entry) => {
    if (entry.action !== 'update' || isFree(strapi)) return;
    for (const attribute of policyOf(strapi).controlledOf(entry.uid)) {
      if (attribute in entry.data && (await isChanged(strapi, entry, attribute))) {
        entry.report(attribute, HOW);
      }
    }
  };

async function isChanged(strapi: Core.Strapi, entry: Entry, attribute: string): Promise<boolean> {
  const { uid, documentId, data, stored } = entry;
  const value = data[attribute];
  const before = stored?.[attribute];
  const shape = attributeOf(entry.attributes, attribute);
  if (isEmpty(before) || !shape || sameValue(shape, value, before)) return false;
  if (!Object.hasOwn(vaultOf(strapi).protectedAttributes(uid), attribute)) return true;
  return !(await isStoredInClear(strapi, { uid, documentId, attribute, mask: before, value }));
}

/** The last line, for writes that pass no gate: `strapi.db.query`, and whatever is built on it. */
export function changeGuard(strapi: Core.Strapi): ChangeGuard {
  const types = new Set(controlledTypes(strapi));
  const controls = (uid: string, attribute: string) =>
    types.has(uid) && policyOf(strapi).controlledOf(uid).has(attribute);
  return {
    watches: controls,
    check(uid, attributes) {
      const refused = attributes.filter((attribute) => controls(uid, attribute));
      if (refused.length > 0 && !isFree(strapi)) {
        throw forbidden(refused.map((attribute) => `${attribute} ${HOW}`).join('; '));
      }
    },
  };
}
