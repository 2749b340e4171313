import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';
import type { GovernanceEvent } from './events';

export const NOTIFICATIONS = 'plugin::customer-governance.notification';
export const NOTIFICATIONS_TABLE = 'governance_notifications';

/** What one person is told of one event. It holds ids and codes; names are joined at reading. */
export interface NotificationRow {
  id: number;
  staffId: number;
  event: GovernanceEvent;
  kind: string;
  subjectId: string;
  stepId: number | null;
  requesterId: number | null;
  at: Date;
  readAt: Date | null;
  mailedAt: Date | null;
}

/** What people are told. Written in the transaction of what it tells of, so that neither a crash nor a rollback parts the two. */
export function registerNotificationModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: NOTIFICATIONS,
    singularName: 'governance-notification',
    tableName: NOTIFICATIONS_TABLE,
    attributes: {
      id: attribute.id(),
      staffId: attribute.whole(),
      event: attribute.text(),
      kind: attribute.text(),
      subjectId: attribute.text(),
      stepId: attribute.whole(),
      requesterId: attribute.whole(),
      at: attribute.moment(),
      readAt: attribute.moment(),
      mailedAt: attribute.moment(),
    },
    indexes: [
      { name: 'gov_notifications_staff', columns: ['staff_id', 'id'] },
      { name: 'gov_notifications_unread', columns: ['staff_id', 'read_at'] },
      { name: 'gov_notifications_subject', columns: ['kind', 'subject_id'] },
      { name: 'gov_notifications_read', columns: ['read_at'] },
      { name: 'gov_notifications_at', columns: ['at'] },
    ],
  });
}
