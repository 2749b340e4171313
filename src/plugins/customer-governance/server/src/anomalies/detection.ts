import type { Core } from '@strapi/strapi';
import { AUDIT_TABLE } from '../audit/audit';
import { addDays, weekdayOf, zoneOf } from '../calendar/zone';
import { inTransaction, tablesOf } from '../database';
import { policyOf } from '../policy';
import { STATE_TABLE } from './alert';
import { alertsOf } from './alerts';
import { detect } from './detectors';

/** Entries that one transaction looks through. */
const BATCH = 2000;
/**
 * An entry has its id before it is committed, and entries of other transactions may become visible in between; so only those
 * that are older than any business transaction takes are looked at. None is passed over then.
 */
const SETTLED_MS = 60_000;
const ONLY_ROW = { id: 1 };

/**
 * Holds the new entries of the log against the rules of the policy. How far it came is written down in the transaction in
 * which the alerts are raised, under the condition that nobody else came further: so nothing is looked at twice or left out,
 * wherever the job is killed and however many run.
 * @returns how many alerts were raised.
 */
export async function detectAnomalies(strapi: Core.Strapi, now: Date): Promise<number> {
  const { rules } = policyOf(strapi).get().anomalies;
  if (rules.length === 0) {
    // Whoever switches the rules on again does not want alerts of all that happened meanwhile.
    await (await tablesOf(strapi))(STATE_TABLE).where(ONLY_ROW).delete();
    return 0;
  }
  await begin(strapi, now);
  let raised = 0;
  for (;;) {
    const step = await inTransaction(strapi, () => lookThrough(strapi, now));
    raised += step.raised;
    if (!step.more) return raised;
  }
}

/** Begins with last week's entries, of which the first report speaks. */
async function begin(strapi: Core.Strapi, now: Date): Promise<void> {
  const tables = await tablesOf(strapi);
  if ((await tables(STATE_TABLE).where(ONLY_ROW).select('id')).length > 0) return;
  const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
  const today = zone.dayAt(now);
  const lastMonday = addDays(today, -7 - ((weekdayOf(today) + 6) % 7));
  const [first] = (await tables(AUDIT_TABLE)
    .where('at', '>=', zone.instantOf(lastMonday, 0))
    .min({ id: 'id' })) as Array<{ id: number | null }>;
  const [newest] = (await tables(AUDIT_TABLE).max({ id: 'id' })) as Array<{ id: number | null }>;
  const last = first?.id ? Number(first.id) - 1 : Number(newest?.id ?? 0);
  await tables(STATE_TABLE)
    .insert({ ...ONLY_ROW, last_entry_id: last })
    .onConflict('id')
    .ignore();
}

async function lookThrough(
  strapi: Core.Strapi,
  now: Date
): Promise<{ raised: number; more: boolean }> {
  const tables = await tablesOf(strapi);
  const nothing = { raised: 0, more: false };
  const [state] = (await tables(STATE_TABLE).where(ONLY_ROW).select('last_entry_id')) as Array<{
    last_entry_id: number;
  }>;
  if (!state) return nothing;
  const after = Number(state.last_entry_id);
  const rows = (await tables(AUDIT_TABLE)
    .select('id', 'at')
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)) as Array<{ id: number; at: number | string | Date }>;
  const settled = now.getTime() - SETTLED_MS;
  const unsettled = rows.findIndex(({ at }) => new Date(at).getTime() > settled);
  const upTo = (unsettled < 0 ? rows : rows.slice(0, unsettled)).at(-1)?.id;
  if (upTo === undefined) return nothing;
  const mine = await tables(STATE_TABLE)
    .where({ ...ONLY_ROW, last_entry_id: after })
    .update({ last_entry_id: upTo });
  if (mine !== 1) return nothing;
  let raised = 0;
  const alerts = alertsOf(strapi);
  for (const rule of policyOf(strapi).get().anomalies.rules) {
    const found = await detect(strapi, rule, after, upTo, alerts.settled);
    raised += await alerts.place(found, now);
  }
  return { raised, more: rows.length === BATCH && unsettled < 0 };
}
