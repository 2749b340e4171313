import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { notificationsController } from './controller';
import { webhookEvents } from './events';
import { notificationMailsOf, notificationMailsService } from './mails';
import { registerNotificationModels } from './models';
import { notificationsOf, notificationsService } from './notifications';

/** Who is told of what becomes of requests: in the panel, by mail, by webhook. */
export const notifications: Domain = {
  name: 'notifications',
  services: {
    notifications: notificationsService,
    'notification-mails': notificationMailsService,
  },
  controllers: { notifications: notificationsController },
  adminRoutes: [
    adminRoute('GET', '/notifications', 'notifications.find', null),
    adminRoute('GET', '/notifications/counts', 'notifications.counts', null),
    adminRoute('POST', '/notifications/read', 'notifications.readAll', null),
    adminRoute('POST', '/notifications/:id/read', 'notifications.read', null),
  ],
  register({ strapi }) {
    registerNotificationModels(strapi);
  },
  bootstrap({ strapi }) {
    const store = strapi.get('webhookStore') as {
      addAllowedEvent(key: string, name: string): void;
    };
    for (const [key, name] of webhookEvents()) store.addAllowedEvent(key, name);
    // Between the runs of the deadlines, whose reminders are thus mailed five minutes later.
    jobsOf(strapi).register({
      name: 'notification-mails',
      cron: '5-55/10 * * * *',
      run: async (now) => {
        await notificationMailsOf(strapi).send(now);
      },
    });
    jobsOf(strapi).register({
      name: 'notification-prune',
      cron: '40 3 * * *',
      run: async (now) => {
        await notificationsOf(strapi).prune(now);
      },
    });
  },
};
