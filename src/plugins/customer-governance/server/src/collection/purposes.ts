import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import { entryOf } from '../customers/entry/entry';
import { isUniqueViolation } from '../customers/entry/unique';
import { currentOperation, governedOperation } from '../operation';
import { policyOf, resolveType, textIn, type PolicyPurpose } from '../policy';
import { readAttributes } from './plans/form';
import { attributeExists } from './plans/rules';
import { PLAN, PURPOSE } from './uids';
import { forbidden } from '../refusal';

const SYNC = 'policy-sync';
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

interface PurposeRow extends Record<string, unknown> {
  id: number;
}

/** A purpose of the policy document as a row of the type. Names in the panel's other language come from the document. */
export function rowOf(purpose: PolicyPurpose) {
  return {
    code: purpose.code,
    name: textIn(purpose.name, 'en'),
    description: textIn(purpose.description, 'en'),
    legalBasis: purpose.legalBasis,
    attributes: [...purpose.attributes],
    origin: 'policy',
    active: true,
  };
}

/**
 * Makes the purposes of the type those of the policy document. What the document no longer has becomes inactive and stays:
 * consents and plans refer to it. Instances that start together do the same work, and the unique code decides between them.
 */
export async function syncPurposes(strapi: Core.Strapi): Promise<void> {
  const query = strapi.db.query(PURPOSE);
  const wanted = policyOf(strapi).get().purposes.map(rowOf);
  const codes = wanted.map(({ code }) => code);
  await governedOperation(SYNC, async () => {
    const rows = (await query.findMany({ where: { code: { $in: codes } } })) as PurposeRow[];
    for (const data of wanted) {
      const row = rows.find(({ code }) => code === data.code);
      if (!row) await createOnce(strapi, data);
      else if (differs(row, data)) await query.update({ where: { id: row.id }, data });
    }
    await query.updateMany({
      where: { origin: 'policy', active: true, code: { $notIn: codes } },
      data: { active: false },
    });
  });
}

async function createOnce(strapi: Core.Strapi, data: ReturnType<typeof rowOf>): Promise<void> {
  try {
    await strapi.db.query(PURPOSE).create({ data });
  } catch (error) {
    // Another instance was quicker, with the same document.
    if (!isUniqueViolation(error)) throw error;
  }
}

const differs = (row: PurposeRow, data: Record<string, unknown>): boolean =>
  Object.entries(data).some(([name, value]) => !isDeepStrictEqual(row[name], value));

const refuse = (): never => {
  throw forbidden(
    'This purpose comes from the policy document, and only the document changes it. ' +
      'Change it in config/plugins.ts (customer-governance.config.policy.purposes) and restart.'
  );
};

/** What is asked of purposes that are entered in the panel. */
export function addPurposeRules(strapi: Core.Strapi): void {
  const exists = attributeExists(strapi);
  entryOf(strapi).addRule(PURPOSE, ({ action, data, stored, report }) => {
    if (stored?.origin === 'policy') refuse();
    if (data.origin === 'policy') {
      report('origin', 'only the policy document makes purposes of the policy');
    }
    if (typeof data.code === 'string' && !CODE.test(data.code)) {
      report('code', 'must be lower-case words joined by hyphens');
    }
    if (action === 'update' && data.attributes === undefined) return;
    const list = readAttributes(data.attributes, exists);
    if (!list.ok) report('attributes', list.reason);
  });

  strapi.documents.use(async (context, next) => {
    if ((context.uid as string) === PURPOSE && context.action === 'delete') {
      await refuseIfUsed(strapi, (context.params as { documentId: string }).documentId);
    }
    return next();
  });
}

/** Consents and plans say what they are for by the purpose, which stays as long as there are any. */
async function refuseIfUsed(strapi: Core.Strapi, documentId: string): Promise<void> {
  const id = String(documentId);
  const row = await strapi.db.query(PURPOSE).findOne({ where: { documentId: id } });
  if (row?.origin === 'policy') refuse();
  const uses = await Promise.all([
    strapi.db.query(resolveType('consent')).count({ where: { purpose: { documentId: id } } }),
    strapi.db.query(PLAN).count({ where: { purposes: { documentId: id } } }),
  ]);
  if (uses.some((count) => count > 0)) {
    throw forbidden(
      'Consents or plans refer to this purpose, so it cannot be deleted. Make it inactive instead.'
    );
  }
}

interface WriteEvent {
  params: { where?: Record<string, unknown>; data?: unknown };
}

/** Purposes of the policy are the document's alone, on every path to the database. */
export function protectPurposes(strapi: Core.Strapi): void {
  const refuseNew = (event: unknown) => {
    const { data } = (event as WriteEvent).params;
    const rows = [data].flat() as Array<{ origin?: unknown } | undefined>;
    if (currentOperation() !== SYNC && rows.some((row) => row?.origin === 'policy')) refuse();
  };
  const refuseExisting = async (event: unknown) => {
    if (currentOperation() === SYNC) return;
    const { where = {} } = (event as WriteEvent).params;
    const found = await strapi.db
      .query(PURPOSE)
      .count({ where: { $and: [where, { origin: 'policy' }] } });
    if (found > 0) refuse();
    refuseNew(event);
  };
  strapi.db.lifecycles.subscribe({
    models: [PURPOSE],
    beforeCreate: refuseNew,
    beforeCreateMany: refuseNew,
    beforeUpdate: refuseExisting,
    beforeUpdateMany: refuseExisting,
    beforeDelete: refuseExisting,
    beforeDeleteMany: refuseExisting,
  });
}
