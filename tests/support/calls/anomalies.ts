import { randomBytes } from 'node:crypto';
import { CUSTOMER } from '../company';
import type { Calls, Chapter } from './types';

const ANOMALIES = '/customer-governance/anomalies';
const MINUTE = 60_000;
/** More than the rules of both presets let anybody reveal in an hour. */
const RECORDS = 60;

interface Jobs {
  run(name: string, now: Date): Promise<boolean>;
}

/** An alert, from the entry that raises it to its closure. */
export function anomalyChapters({ app, company, send }: Calls): Chapter[] {
  const by = 'audit-lead';

  const alerts = async () => {
    const { strapi, database } = app;
    const now = Date.now();
    await strapi.db.connection('governance_audit_entries').insert({
      document_id: randomBytes(12).toString('hex'),
      at: database === 'sqlite' ? now : new Date(now),
      actor_kind: 'admin',
      actor_id: String(company.rep.userId),
      action: 'record.reveal',
      outcome: 'done',
      record_type: CUSTOMER,
      record_ids: JSON.stringify(Array.from({ length: RECORDS }, (_, n) => `record${n}`)),
      channel: 'panel',
    });
    const jobs = strapi.plugin('customer-governance').service('jobs') as Jobs;
    await jobs.run('anomalies', new Date(now + 2 * MINUTE));
    const { documentId } = await strapi.db
      .query('plugin::customer-governance.anomaly-alert')
      .findOne({ where: { kind: 'bulk-reveal' } });
    const on = (verb: string, body: object = {}) =>
      send({
        route: `POST ${ANOMALIES}/:documentId/${verb}`,
        by,
        path: [documentId],
        body,
      });
    await on('acknowledge');
    await on('close', { reason: 'A list for the auditors' });
  };

  return [alerts];
}
