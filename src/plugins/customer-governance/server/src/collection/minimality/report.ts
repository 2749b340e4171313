import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../../audit/audit';
import { zoneOf } from '../../calendar/zone';
import { tablesOf } from '../../database';
import { policyOf, type Level } from '../../policy';
import { addMonths } from '../../policy/retention-rules';
import { vaultOf } from '../../vault/vault';
import { levelOf } from '../levels';
import { PLAN } from '../uids';
import { keyOf } from '../plans/form';
import { USES } from './models';

export interface AttributeUse {
  type: string;
  attribute: string;
  level: Level | null;
  /** How many records have it. */
  records: number;
  lastUsedAt: string | null;
  /** It is collected and was of no use for the policy's months. */
  unused: boolean;
  /** Active plans that ask for it. */
  plans: Array<{ documentId: string; code: string; title: string }>;
}

export interface MinimalityReport {
  /** Months without use after which an attribute is reported. */
  months: number;
  /** The day since which unused attributes were of no use, `YYYY-MM-DD`. */
  since: string;
  /** When the log begins. One that is younger than the months cannot say of anything that it was unused so long. */
  logSince: string | null;
  /** When the records were counted; `null` before the first night. */
  countedAt: string | null;
  attributes: AttributeUse[];
}

interface UseRow {
  record_type: string;
  attribute: string;
  records: number | null;
  counted_at: Date | number | string | null;
  last_used_at: Date | number | string | null;
}

const momentOf = (value: Date | number | string | null | undefined): string | null =>
  value === null || value === undefined ? null : new Date(value).toISOString();

/**
 * Which protected attributes are collected though nobody needed them: those to leave out of the next plan [COL-2]. What is
 * stored in clear is read without a word in the log, so nothing can be said of it here.
 */
export async function minimalityReport(strapi: Core.Strapi, now: Date): Promise<MinimalityReport> {
  const { calendar, collection } = policyOf(strapi).get();
  const months = collection.minimalityMonths;
  const zone = zoneOf(calendar.timezone);
  const since = addMonths(zone.dayAt(now), -months);
  const tables = await tablesOf(strapi);
  const rows = (await tables(USES).select(
    'record_type',
    'attribute',
    'records',
    'counted_at',
    'last_used_at'
  )) as UseRow[];
  const first = (await tables(AUDIT_TABLE)
    .orderBy([{ column: 'at' }, { column: 'id' }])
    .first('at')) as { at: Date | number | string } | undefined;
  const logSince = momentOf(first?.at);
  const oldEnough = logSince !== null && zone.dayAt(new Date(logSince)) <= since;
  const governed = vaultOf(strapi).governed();
  const plans = await plansByAttribute(strapi);
  const attributes = rows
    .filter(({ record_type: type, attribute }) =>
      Object.hasOwn(governed.get(type) ?? {}, attribute)
    )
    .map((row): AttributeUse => {
      const { record_type: type, attribute } = row;
      const records = Number(row.records ?? 0);
      const lastUsedAt = momentOf(row.last_used_at);
      const lately = lastUsedAt !== null && zone.dayAt(new Date(lastUsedAt)) > since;
      return {
        type,
        attribute,
        level: levelOf(strapi, type, attribute),
        records,
        lastUsedAt,
        unused: oldEnough && records > 0 && !lately,
        plans: plans.get(`${type}.${attribute}`) ?? [],
      };
    })
    .sort(
      (a, b) =>
        Number(b.unused) - Number(a.unused) ||
        b.records - a.records ||
        (`${a.type}.${a.attribute}` < `${b.type}.${b.attribute}` ? -1 : 1)
    );
  const counted = rows.map(({ counted_at: at }) => momentOf(at)).filter((at) => at !== null);
  return { months, since, logSince, countedAt: counted.sort().at(-1) ?? null, attributes };
}

async function plansByAttribute(strapi: Core.Strapi) {
  const plans = (await strapi.db.query(PLAN).findMany({
    select: ['documentId', 'code', 'title', 'attributes'],
    where: { state: 'active' },
    orderBy: 'id',
  })) as Array<{ documentId: string; code: string; title: string; attributes: string[] | null }>;
  const found = new Map<string, AttributeUse['plans']>();
  for (const { documentId, code, title, attributes } of plans) {
    for (const key of new Set((attributes ?? []).map(keyOf))) {
      found.set(key, [...(found.get(key) ?? []), { documentId, code, title }]);
    }
  }
  return found;
}
