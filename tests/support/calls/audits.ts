import { CUSTOMER } from '../company';
import { dataOf, type Calls, type Chapter } from './types';

const STAFF = 'plugin::customer-governance.staff-profile';
const DAY = 86_400_000;
const ALERTS = 'governance_anomaly_alerts';
const AUDITS = '/customer-governance/internal-audits';
const FINDINGS = '/customer-governance/audit-findings';

/** Internal audits, from the plan to the closure of what they found; alerts of the log, and who takes them on. */
export function auditChapters({ app, company, send }: Calls): Chapter[] {
  const lead = 'audit-lead';
  const nameOf = async (where: object): Promise<string> =>
    (await app.strapi.db.query(STAFF).findOne({ where })).documentId;
  const on = (what: string, path: string, body: object = {}) =>
    send({ route: `POST ${AUDITS}/:documentId/${what}`, by: lead, path: [path], body });
  const onFinding = (what: string, path: string, body: object = {}) =>
    send({ route: `POST ${FINDINGS}/:documentId/${what}`, by: lead, path: [path], body });

  const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

  const audits = async () => {
    const team = {
      lead: await nameOf({ displayName: lead }),
      auditors: [await nameOf({ displayName: 'audit-second' })],
    };
    const responsible = await nameOf({ id: company.rep.staffId });
    const plan = {
      kind: 'scheduled',
      title: 'Half a year',
      scope: { departments: ['SE'], types: [CUSTOMER], chapters: ['use'] },
      periodFrom: '2030-01-01',
      periodTo: '2030-06-30',
      plannedOn: '2030-07-05',
      ...team,
    };
    const planned = async () =>
      dataOf(await send({ route: `POST ${AUDITS}`, by: lead, body: plan })).documentId;
    await send({ route: `POST ${AUDITS}/people`, by: lead, body: { text: 'rep' } });
    await on('cancel', await planned(), { reason: 'Not now' });

    const audit = await planned();
    const revised = { ...plan, title: 'The first half' };
    await send({ route: `PUT ${AUDITS}/:documentId`, by: lead, path: [audit], body: revised });
    await on('team', audit, team);
    await on('start', audit);
    const finding = dataOf(
      await on('findings', audit, {
        severity: 'major',
        chapter: 'use',
        description: 'A grant was longer than needed.',
        responsible,
        dueOn: inDays(10),
      })
    ).documentId;
    await send({
      route: `PUT ${FINDINGS}/:documentId`,
      by: lead,
      path: [finding],
      body: { responsible, dueOn: inDays(20) },
    });
    await send({
      route: `POST ${FINDINGS}/:documentId/remediate`,
      by: 'rep',
      path: [finding],
      body: { remediation: 'It was revoked.', evidence: [] },
    });
    await onFinding('recheck', finding, { passed: true, note: 'Looked at it.' });
    await onFinding('close', finding);
    await on('report', audit, { conclusion: 'In order.' });
    await on('close', audit);
  };

  const alerts = async () => {
    const documentId = 'alertalertalertalertaler';
    const at = app.database === 'postgres' ? new Date() : Date.now();
    await app.strapi.db.connection(ALERTS).insert({
      document_id: documentId,
      rule_code: 'bulk-reveals',
      kind: 'bulk-reveal',
      severity: 'low',
      state: 'open',
      actor_kind: 'admin',
      actor_id: String(company.rep.userId),
      window_from: at,
      window_to: at,
      observed: 9,
      expected: 3,
      figures: '{}',
      evidence: '[]',
      evidence_count: 0,
      suspended_grants: '[]',
      raised_at: at,
      published_at: at,
    });
    const path = [documentId];
    const of = (what: string, body: object) =>
      send({
        route: `POST /customer-governance/anomalies/:documentId/${what}`,
        by: lead,
        path,
        body,
      });
    await of('acknowledge', {});
    await of('close', { reason: 'It was his work.' });
  };

  return [audits, alerts];
}
