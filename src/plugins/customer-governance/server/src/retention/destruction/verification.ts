import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { attributesByType, type AttributeRemoval } from './attribute-removal';
import type { Evidence } from './evidence';
import type { Findings } from './findings';
import { clearFreeSpace } from './free-space';
import type { Items } from '../orders/items';
import { policyOf } from '../../policy';
import type { OrderRow } from '../orders/orders';
import { groupItems, type Removal } from './removal';
import { searchEverywhere } from './search';

/** What a search for everything that an order destroyed came to. Counts alone: it stands on the certificate. */
export interface VerificationReport {
  /** ISO moment. */
  verifiedAt: string;
  /** Every place that was searched, and how many records or bytes were looked at there. */
  searched: Array<{ place: string; count: number }>;
  /** How many fingerprints of what had to go were searched for. */
  fingerprints: number;
  /** How many of them were found; an order is completed at 0 only. */
  found: number;
}

/** Files that VACUUM writes anew. */
const REWRITABLE: ReadonlySet<string> = new Set(['database-files', 'key-store-files']);
const PAGE = 2000;
const NAMED_PLACES = 10;

/** Looks whether anything of an order is left: its records by their ids, and their bytes wherever the application writes. */
export function createVerification(
  strapi: Core.Strapi,
  {
    items,
    removal,
    attributeRemoval,
    findings,
  }: { items: Items; removal: Removal; attributeRemoval: AttributeRemoval; findings: Findings }
) {
  /** What is found goes back among what is to be destroyed, for the next run. */
  const byId = async (order: OrderRow): Promise<{ count: number; found: string[] }> => {
    const parts = order.attributes ? attributesByType(order.attributes) : null;
    const found: string[] = [];
    let count = 0;
    for (let after = 0; ;) {
      const page = await items.destroyedAfter(order.id, after, PAGE);
      const last = page.at(-1);
      if (!last) return { count, found };
      after = last.id;
      count += page.length;
      for (const [uid, ids] of groupItems(page)) {
        const places = parts
          ? await attributeRemoval.remains(uid, ids, parts.get(uid) ?? [])
          : await removal.remains(uid, ids);
        const left = new Set([...places.values()].flat());
        const again = page.filter((item) => item.record_type === uid && left.has(item.document_id));
        await items.move(
          again.map(({ id }) => id),
          'destroying'
        );
        for (const [place, list] of places)
          found.push(`${list.length} of ${uid} among the ${place}`);
      }
    }
  };

  const refuse = (order: OrderRow, found: string[]): never => {
    const named = found.slice(0, NAMED_PLACES).join(', ');
    strapi.log.error(`Destruction order ${order.number}: still to be found: ${named}.`);
    throw new errors.ApplicationError(
      `Order ${order.number} is not certified, because of its records there are still ${named}. ` +
        'Carry it out again, and tell the administrator if it stays so.'
    );
  };

  const mayRewrite = () => policyOf(strapi).get().retention.destruction.vacuum !== 'never';

  return {
    /**
     * Clears what is left in the files of the databases, and then searches.
     * @throws ApplicationError when anything is found.
     */
    async verify(order: OrderRow, evidence: Evidence, now: Date): Promise<VerificationReport> {
      const { count, found } = await byId(order);
      if (found.length > 0) refuse(order, found);
      await clearFreeSpace(strapi, removal.tables());
      const { fingerprints } = evidence;
      const search = async () =>
        fingerprints.size() > 0
          ? searchEverywhere(strapi, fingerprints)
          : { searched: [], leftovers: [] };
      let { searched, leftovers } = await search();
      if (leftovers.some(({ place }) => REWRITABLE.has(place)) && mayRewrite()) {
        // SQLite overwrites what it removes, and yet a page that was put in order anew may keep a stale copy of a cell.
        await clearFreeSpace(strapi, removal.tables(), 'full');
        ({ searched, leftovers } = await search());
      }
      if (leftovers.length > 0) {
        await findings.keep(order.documentId, leftovers);
        const places = new Map<string, Set<number>>();
        for (const { place, where, kind, fingerprint } of leftovers) {
          const name = `of ${kind} in ${where} (${place})`;
          places.set(name, (places.get(name) ?? new Set()).add(fingerprint));
        }
        refuse(
          order,
          [...places].map(([name, distinct]) => `${distinct.size} ${name}`)
        );
      }
      return {
        verifiedAt: now.toISOString(),
        searched: [{ place: 'tables', count }, ...searched],
        fingerprints: fingerprints.size(),
        found: 0,
      };
    },
  };
}

export type Verification = ReturnType<typeof createVerification>;
