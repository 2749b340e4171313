import type { Core } from '@strapi/strapi';
import { PLUGIN } from '../domain';
import { NO_SUCH_RECORD } from '../customers/entry/settle';
import { readToMany, type Reference } from '../customers/entry/references';
import { invalid } from '../refusal';
import type { Sights } from './narrow';

interface Attribute {
  type: string;
  target?: string;
}

/**
 * Records of a project's own types point only at customers in sight, and a reference to another one is answered as one to none.
 * The product's own types have a rule for it among those of their entry.
 * @throws ValidationError that names the relation.
 */
export async function assertReferencesInSight(
  strapi: Core.Strapi,
  uid: string,
  data: unknown,
  sights: Sights
): Promise<void> {
  if (uid.startsWith(`plugin::${PLUGIN}.`) || !data || typeof data !== 'object') return;
  const { attributes } = strapi.getModel(uid as never) as {
    attributes: Record<string, Attribute>;
  };
  for (const [name, value] of Object.entries(data)) {
    const target = Object.hasOwn(attributes, name) ? attributes[name]?.target : undefined;
    const sight = target === undefined ? undefined : sights.get(target);
    if (!target || sight === undefined) continue;
    const references = referencesIn(value);
    if (references.length === 0) continue;
    const ids = references.flatMap((one) => ('id' in one ? one.id : []));
    const documentIds = references.flatMap((one) => ('documentId' in one ? one.documentId : []));
    const found =
      sight === null
        ? 0
        : await strapi.db.query(target).count({
            where: {
              $and: [{ $or: [{ id: { $in: ids } }, { documentId: { $in: documentIds } }] }, sight],
            },
          });
    if (found < new Set(ids).size + new Set(documentIds).size) throw invalid(name, NO_SUCH_RECORD);
  }
}

function referencesIn(value: unknown): Reference[] {
  const change = readToMany(value);
  if (change.kind === 'set') return change.references;
  return change.kind === 'change' ? change.connect : [];
}
