import type { Core } from '@strapi/strapi';
import type { Cast } from './cast';
import { createRow } from './people';
import type { Random } from './random';
import { SIDES, UIDS, type Side } from './types';

const BATCH = 500;
/** One customer in so many belongs to the admin whose permissions are limited to the own ones. */
const OWN_SHARE = 20;
/** The governed type reckons its due date by itself; here the plain one gets what that looks like. */
const DUE = {
  retentionDueOn: '2028-03-01',
  retentionReason: 'silent-ordinary:at-most:24:last-contact:2026-01-01',
};

/**
 * Fills both types, or one, with the same customers until each has so many rows, through the database lifecycles, which seal.
 * Batches alternate, so that neither table lies in one piece on the disk and the other not.
 */
export async function fill(
  strapi: Core.Strapi,
  { relations, ownerUserId, purpose }: Cast,
  random: Random,
  rows: number,
  progress: (done: number) => void,
  sides: readonly Side[] = SIDES
): Promise<void> {
  let done = await strapi.db.query(UIDS.governed).count();
  while (done < rows) {
    const size = Math.min(BATCH, rows - done);
    const batch = Array.from({ length: size }, (_, index) => {
      const mine = (done + index) % OWN_SHARE === 0;
      return {
        ...createRow(random, done + index),
        plan: relations.plan,
        department: relations.department,
        owner: mine ? relations.owner : null,
        createdBy: mine ? ownerUserId : null,
        publishedAt: new Date(),
      };
    });
    for (const side of sides) {
      const data = side === 'plain' ? batch.map((row) => ({ ...row, ...DUE })) : batch;
      await strapi.db.query(UIDS[side]).createMany({ data });
    }
    await consent(strapi, purpose, done + 1);
    done += size;
    progress(done);
  }
  await tidy(strapi);
}

/** One consent for each of the governed customers from a row id on, as they have in life: lists ask for withdrawn ones. */
async function consent(strapi: Core.Strapi, purpose: number, fromId: number): Promise<void> {
  const customers: Array<{ id: number }> = await strapi.db
    .query(UIDS.governed)
    .findMany({ select: ['id'], where: { id: { $gte: fromId } } });
  await strapi.db.query('plugin::customer-governance.consent').createMany({
    data: customers.map(({ id }) => ({
      customer: id,
      purpose,
      scope: 'general',
      state: 'given',
      evidenceKind: 'electronic',
      evidence: `E-${id}`,
      noticeVersion: '1',
      givenAt: new Date(),
      publishedAt: new Date(),
    })),
  });
}

/** What the database would do by itself sooner or later, at no moment of a measurement. */
async function tidy(strapi: Core.Strapi): Promise<void> {
  const postgres = strapi.db.dialect.client === 'postgres';
  await strapi.db.connection.raw(postgres ? 'VACUUM ANALYZE' : 'PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The same customers of both types: their documentIds in the same order. */
export async function sampleIds(
  strapi: Core.Strapi,
  random: Random,
  rows: number,
  count: number
): Promise<Record<Side, string[]>> {
  const numbers = [...new Set(Array.from({ length: count }, () => Math.floor(random() * rows)))];
  const idsOf = async (side: Side) => {
    const found: Array<{ documentId: string }> = await strapi.db.query(UIDS[side]).findMany({
      select: ['documentId'],
      where: { filingNumber: { $in: numbers.map(filingNumber) } },
      orderBy: 'filingNumber',
    });
    return found.map(({ documentId }) => documentId);
  };
  return { governed: await idsOf('governed'), plain: await idsOf('plain') };
}

const filingNumber = (number: number) => `F-${String(number).padStart(9, '0')}`;
