import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';
import type { AnomalyKind, AnomalySeverity } from '../policy';
import type { Account } from './log';

export const ALERT = 'plugin::customer-governance.anomaly-alert';
export const ALERTS_TABLE = 'governance_anomaly_alerts';
export const STATE_TABLE = 'governance_anomaly_state';
/** As notifications name what they are of. */
export const ANOMALY = 'anomaly';

export const ALERT_STATES = ['open', 'acknowledged', 'closed'] as const;
/** Until it is closed, an alert grows with what it is about. */
export type AlertState = (typeof ALERT_STATES)[number];

/** An alert as it is stored: codes, ids and figures. */
export interface AlertRow {
  id: number;
  documentId: string;
  ruleCode: string;
  kind: AnomalyKind;
  severity: AnomalySeverity;
  state: AlertState;
  actorKind: string;
  actorId: string;
  /** Whose account it was then, and of which department. */
  staffId: number | null;
  departmentId: number | null;
  /** Half open. */
  windowFrom: string;
  windowTo: string;
  observed: number;
  expected: number | string;
  /** The figures of the rule as they were. */
  figures: Record<string, number | string>;
  /** Ids of the first entries. */
  evidence: number[];
  evidenceCount: number;
  /** documentIds of the grants that were suspended with it. */
  suspendedGrants: string[];
  raisedAt: string;
  acknowledgedById: number | null;
  acknowledgedAt: string | null;
  closedById: number | null;
  closedAt: string | null;
  closingReason: string | null;
}

export const accountOf = ({ actorKind, actorId }: AlertRow): Account => ({
  kind: actorKind,
  id: actorId,
});

/** How far the log has been looked through: one row. */
export function registerAnomalyModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.anomaly-state',
    singularName: 'governance-anomaly-state',
    tableName: STATE_TABLE,
    attributes: { id: attribute.id(), lastEntryId: attribute.whole() },
  });
}
