import { addDays, zoneOf } from '../calendar/zone';
import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { notificationsOf } from '../notifications/notifications';
import { policyOf } from '../policy';
import { ALERT, ANOMALY, registerAnomalyModels } from './alert';
import { alertsService } from './alerts';
import anomalyAlert from './content-types/anomaly-alert/schema.json';
import { anomaliesController } from './controller';
import { detectAnomalies } from './detection';
import { recipientsOf } from './recipients';
import { weekOf } from './week';

const READ = 'anomalies.read';
const MANAGE = 'anomalies.manage';

/** What the rules of the policy see in the log [PRO-2]: alerts with their evidence, and a report of each week. */
export const anomalies: Domain = {
  name: 'anomalies',
  contentTypes: { 'anomaly-alert': { schema: anomalyAlert } },
  services: { 'anomaly-alerts': alertsService },
  controllers: { anomalies: anomaliesController },
  adminRoutes: [
    adminRoute('GET', '/anomalies', 'anomalies.find', READ),
    adminRoute('GET', '/anomalies/report', 'anomalies.report', READ),
    adminRoute('GET', '/anomalies/:documentId', 'anomalies.findOne', READ),
    adminRoute('POST', '/anomalies/:documentId/acknowledge', 'anomalies.acknowledge', MANAGE),
    adminRoute('POST', '/anomalies/:documentId/close', 'anomalies.close', MANAGE),
  ],
  actions: [
    { uid: READ, displayName: 'Read alerts of anomalies', subCategory: 'anomalies' },
    { uid: MANAGE, displayName: 'Acknowledge and close alerts', subCategory: 'anomalies' },
  ],

  register({ strapi }) {
    registerAnomalyModels(strapi);
  },

  bootstrap({ strapi }) {
    refuseForeignWrites(
      strapi,
      [ALERT],
      'Alerts are raised by the rules of the policy, and acknowledged and closed in the panel.'
    );
    jobsOf(strapi).register({
      name: 'anomalies',
      cron: '*/10 * * * *',
      run: async (now) => {
        await detectAnomalies(strapi, now);
      },
    });
    jobsOf(strapi).register({
      name: 'anomaly-report',
      cron: '0 8 * * 1',
      run: async (now) => {
        const { anomalies: policy, calendar } = policyOf(strapi).get();
        if (policy.rules.length === 0) return;
        await notificationsOf(strapi).announce(
          'anomaly-report',
          {
            kind: ANOMALY,
            requestId: weekOf(addDays(zoneOf(calendar.timezone).dayAt(now), -7)),
            recipients: await recipientsOf(strapi, null),
          },
          now
        );
      },
    });
  },
};
