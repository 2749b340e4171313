import { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import { EVERYTHING, type Actors, type ImportServices } from '../support/import-services';
import { canariesFor, type Canary } from './canaries';
import { CUSTOMER, PLUGIN, type CanaryRecord, type Place } from './records';

interface Counts {
  good: number;
}
interface Run {
  id: number;
  checkCounts: Counts | null;
  runCounts: Counts | null;
}

/** What a plan may collect of a new customer; the others are sensitive, and refused. */
const TAKEN = ['name', 'mobile', 'landline', 'email', 'address', 'wechat'];
const CONSTANTS = { source: 'sales', method: 'direct', industry: 'testing' };

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const lineOf = (names: readonly string[], values: Readonly<Record<string, string | undefined>>) =>
  names.map((name) => quoted(values[name] ?? '')).join(',');
const valuesOf = (canaries: readonly Canary[]) =>
  Object.fromEntries(canaries.map(({ attribute, value }) => [attribute, value]));

/**
 * Imports a file of canaries: a row that becomes a customer, one that is refused for what it carries, one with each value in
 * the column of another, and one whose quotation marks make no sense.
 * @returns the customer, and the canaries that are in the file and its report alone.
 */
export async function importCanaries(
  strapi: Core.Strapi,
  place: Place,
  plan: number
): Promise<{ record: CanaryRecord; canaries: Canary[] }> {
  const service = <T>(name: string) => strapi.plugin('customer-governance').service(name) as T;
  const imports = service<ImportServices<Run>>('imports');
  const rows = (uid: string) => strapi.db.query(`${PLUGIN}.${uid}` as never);
  const own = canariesFor(strapi, CUSTOMER, 'imported').filter(({ attribute }) =>
    TAKEN.includes(attribute)
  );
  const others = ['refused', 'misplaced', 'broken'].map((label) =>
    canariesFor(strapi, CUSTOMER, `import-${label}`)
  ) as [Canary[], Canary[], Canary[]];
  const [refused, misplaced, broken] = others;
  const names = refused.map(({ attribute }) => attribute);
  const shifted = misplaced.map(({ attribute }, at) => [
    attribute,
    misplaced[(at + 1) % misplaced.length]?.value,
  ]);
  const content = [
    names.join(','),
    lineOf(names, valuesOf(own)),
    lineOf(names, valuesOf(refused)),
    lineOf(names, Object.fromEntries(shifted) as Record<string, string>),
    names.map((name) => `"x"${valuesOf(broken)[name]?.split('\n')[0]}`).join(','),
  ].join('\n');

  const staff = await rows('staff-profile').findOne({ where: { id: place.ownerId } });
  const { documentId: planId } = await rows('collection-plan').findOne({ where: { id: plan } });
  const account = { kind: 'admin', id: String(place.creatorId) };
  const run = await service<Actors>('actor').asAccount(account, async () => {
    const id = await imports.upload(Readable.from([Buffer.from(content)]), staff as object);
    const current = () => imports.runs.require(id);
    const mapping = { plan: planId as string, mapping: names, constants: CONSTANTS };
    await imports.map(await current(), mapping, staff as object, EVERYTHING);
    for (const begin of [imports.check, imports.start]) {
      await begin(await current(), EVERYTHING);
      await imports.running.settled();
    }
    return current();
  });
  if (run.runCounts?.good !== 1) {
    throw new Error(`Of the sweep's file ${run.runCounts?.good} rows were imported, not one.`);
  }
  const { recordId } = (await strapi.db
    .connection('governance_import_rows')
    .where({ run: run.id, phase: 'run', state: 'good' })
    .first('record_id as recordId')) as { recordId: string };
  const customer = (await strapi.db.query(CUSTOMER as never).findOne({
    where: { documentId: recordId },
    populate: ['owner', 'department'],
  })) as { id: number; owner: { id: number } | null; department: { id: number } | null };
  return {
    record: {
      uid: CUSTOMER,
      label: 'imported',
      id: customer.id,
      documentId: recordId,
      canaries: own,
      ownerId: customer.owner?.id ?? null,
      departmentId: customer.department?.id ?? null,
      creatorId: null,
    },
    canaries: others.flat(),
  };
}
