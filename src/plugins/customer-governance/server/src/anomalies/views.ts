import type { Core } from '@strapi/strapi';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import type { AnomalyKind, AnomalySeverity } from '../policy';
import type { AlertRow, AlertState } from './alert';

export interface AlertView {
  documentId: string;
  rule: string;
  kind: AnomalyKind;
  severity: AnomalySeverity;
  state: AlertState;
  person: { kind: string; id: string; name: string | null; department: string | null };
  /** About the asker, who therefore decides nothing on it. */
  mine: boolean;
  from: string;
  to: string;
  observed: number;
  expected: number;
  figures: Record<string, number | string>;
  evidenceCount: number;
  suspendedGrants: string[];
  raisedAt: string;
  acknowledged: { at: string; by: string | null } | null;
  closed: { at: string; by: string | null; reason: string } | null;
}

/** Alerts as the panel shows them. Names are joined at reading. */
export async function alertViews(
  strapi: Core.Strapi,
  rows: readonly AlertRow[]
): Promise<AlertView[]> {
  const holderOf = await organisationOf(strapi).holdersOfActors(rows);
  const staff = await organisationOf(strapi).byIds(
    rows.flatMap((row) => [row.acknowledgedById ?? [], row.closedById ?? []].flat())
  );
  const actor = actorOf(strapi).identity();
  const me = await organisationOf(strapi).staffOf(actor);
  const nameOf = (id: number | null) => staff.get(id ?? 0)?.displayName ?? null;
  return rows.map((row) => {
    const holder = holderOf(row);
    return {
      documentId: row.documentId,
      rule: row.ruleCode,
      kind: row.kind,
      severity: row.severity,
      state: row.state,
      person: {
        kind: row.actorKind,
        id: row.actorId,
        name: holder?.displayName ?? null,
        department: holder?.department?.name ?? null,
      },
      mine:
        (me !== null && (row.staffId === me.id || holder?.id === me.id)) ||
        (actor?.kind === row.actorKind && actor.id === row.actorId),
      from: row.windowFrom,
      to: row.windowTo,
      observed: row.observed,
      expected: Number(row.expected),
      figures: row.figures,
      evidenceCount: row.evidenceCount,
      suspendedGrants: row.suspendedGrants ?? [],
      raisedAt: row.raisedAt,
      acknowledged: row.acknowledgedAt
        ? { at: row.acknowledgedAt, by: nameOf(row.acknowledgedById) }
        : null,
      closed: row.closedAt
        ? { at: row.closedAt, by: nameOf(row.closedById), reason: row.closingReason ?? '' }
        : null,
    };
  });
}
