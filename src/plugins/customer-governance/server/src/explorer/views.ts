import type { Core } from '@strapi/strapi';
import { organisationOf } from '../organisation/organisation';
import { namesOfStaff } from '../organisation/search';
import { transparencyOf } from '../transparency/transparency';
import type { PlacedRow } from './explorer';

/** Entries as the panel shows them. */
export async function entryViews(strapi: Core.Strapi, rows: readonly PlacedRow[]) {
  const nameOf = await organisationOf(strapi).namesOfActors(rows);
  const principals = await namesOfStaff(
    strapi,
    rows.flatMap(({ onBehalfOf }) => onBehalfOf ?? [])
  );
  const checkpoint = await transparencyOf(strapi).store.newestCheckpoint();
  return rows.map((row) => ({
    id: row.id,
    documentId: row.documentId,
    at: row.at,
    actor: { kind: row.actorKind, id: row.actorId, name: nameOf(row) },
    onBehalfOf: row.onBehalfOf && {
      documentId: row.onBehalfOf,
      name: principals.get(row.onBehalfOf) ?? null,
    },
    action: row.action,
    outcome: row.outcome,
    recordType: row.recordType,
    recordIds: row.recordIds,
    recordCount: row.recordIds?.length ?? 0,
    attributes: row.attributes,
    purpose: row.purpose,
    requestId: row.requestId,
    basis: row.basis,
    channel: row.channel,
    address: row.address,
    correlationId: row.correlationId,
    details: row.details,
    holdsValues: row.sealed !== null,
    leafIndex: row.leafIndex,
    /** Whether the newest checkpoint covers it. */
    covered: row.leafIndex !== null && row.leafIndex < (checkpoint?.treeSize ?? 0),
  }));
}
