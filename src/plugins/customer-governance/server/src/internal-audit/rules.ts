import type { AuditState, FindingState } from './models';

/**
 * What may become of audits and findings, and by whose hand. Pure: the services ask here first, and the database then
 * decides between racing acts by the same states.
 */

interface Move<State extends string> {
  from: readonly State[];
  to: State;
}

export const AUDIT_MOVES = {
  start: { from: ['planned'], to: 'in-progress' },
  report: { from: ['in-progress'], to: 'reported' },
  close: { from: ['reported'], to: 'closed' },
  cancel: { from: ['planned', 'in-progress'], to: 'cancelled' },
} as const satisfies Record<string, Move<AuditState>>;
export type AuditAct = keyof typeof AUDIT_MOVES;

export const FINDING_MOVES = {
  remediate: { from: ['open', 'reopened'], to: 'remediated' },
  /** The re-check passed. */
  recheck: { from: ['remediated'], to: 'rechecked' },
  /** The re-check failed. */
  reopen: { from: ['remediated'], to: 'reopened' },
  close: { from: ['rechecked'], to: 'closed' },
} as const satisfies Record<string, Move<FindingState>>;
export type FindingAct = keyof typeof FINDING_MOVES;

/** In these the plan can be changed no more, but the team can. */
export const UNDER_WAY: readonly AuditState[] = ['planned', 'in-progress', 'reported'];
/** In these somebody is still to remediate a finding. */
export const UNREMEDIATED: readonly FindingState[] = FINDING_MOVES.remediate.from;

export interface AuditFacts {
  state: AuditState;
  /** Staff id; `null` in what the job proposed until somebody is named. */
  lead: number | null;
  /** Staff ids of the lead and the auditors. */
  team: readonly number[];
  /** Whether the lead's own department is in the scope. */
  leadInScope: boolean;
  findings: number;
  /** Those of them that are not closed. */
  unclosed: number;
}

export interface FindingFacts {
  state: FindingState;
  responsible: number | null;
  /** Who said that it is remediated. */
  remediator: number | null;
}

/** Who acts: the staff id, and whether their role manages audits. */
export interface Acting {
  id: number;
  manages: boolean;
}

/** Why an act is refused, and what to do. */
export const REFUSALS = {
  permission: 'This needs the permission to manage internal audits.',
  state: 'This is not possible in its present state. Reload the page.',
  'no-lead': 'Nobody leads this audit. Name a lead first.',
  'own-department':
    "The lead's own department is in the scope, and nobody audits their own. Name another lead or change the scope.",
  team: 'Only the lead and the auditors of this audit do this. Have the team changed if you are to be in it.',
  unclosed: 'Findings of this audit are not closed. Close them first.',
  findings: 'This audit has found something already. Report it instead, and see to the findings.',
  responsible:
    'You are responsible for this finding, so somebody else re-checks and closes it. Ask another auditor.',
  remediator:
    'You remediated this finding yourself, so somebody else re-checks and closes it. Ask another auditor.',
  'not-responsible': 'Only the person responsible, or who manages audits, remediates a finding.',
  'auditor-responsible':
    'Nobody audits themselves: the person responsible may not be on the team of the audit.',
  'lead-department':
    "The person responsible is of the lead's own department, which this audit does not cover.",
} as const;
export type Refusal = keyof typeof REFUSALS;

/** Refused for the segregation of duties; such attempts stand in the log. */
export const SEGREGATION: ReadonlySet<Refusal> = new Set<Refusal>([
  'own-department',
  'responsible',
  'remediator',
]);

const has = <T extends string>(states: readonly T[], state: T) => states.includes(state);

/** Why this person may not do this with an audit now, or `null`. */
export function auditRefusal(act: AuditAct, audit: AuditFacts, person: Acting): Refusal | null {
  if (!person.manages) return 'permission';
  if (!has<AuditState>(AUDIT_MOVES[act].from, audit.state)) return 'state';
  if (act === 'cancel') return audit.findings > 0 ? 'findings' : null;
  if (act === 'start') {
    if (audit.lead === null) return 'no-lead';
    if (audit.leadInScope) return 'own-department';
  }
  if (!audit.team.includes(person.id)) return 'team';
  return act === 'close' && audit.unclosed > 0 ? 'unclosed' : null;
}

/** Why this person may not put a finding on record now, or give it to another person; `null` where they may. */
export function openRefusal(
  audit: Pick<AuditFacts, 'state' | 'team'>,
  person: Acting
): Refusal | null {
  if (!person.manages) return 'permission';
  if (audit.state !== 'in-progress') return 'state';
  return audit.team.includes(person.id) ? null : 'team';
}

/** Why this person may not name another person responsible or another due date; `null` where they may. */
export function assignRefusal(
  finding: Pick<FindingFacts, 'state'>,
  audit: Pick<AuditFacts, 'state' | 'team'>,
  person: Acting
): Refusal | null {
  if (!person.manages) return 'permission';
  if (!has(UNREMEDIATED, finding.state)) return 'state';
  return audit.team.includes(person.id) ? null : 'team';
}

/** Why this person may not do this with a finding now, or `null`. */
export function findingRefusal(
  act: FindingAct,
  finding: FindingFacts,
  audit: Pick<AuditFacts, 'state' | 'team'>,
  person: Acting
): Refusal | null {
  const responsible = person.id === finding.responsible;
  if (act === 'remediate' && !responsible && !person.manages) return 'not-responsible';
  if (act !== 'remediate' && !person.manages) return 'permission';
  if (!has<FindingState>(FINDING_MOVES[act].from, finding.state)) return 'state';
  if (act === 'remediate') return null;
  if (responsible) return 'responsible';
  if (person.id === finding.remediator) return 'remediator';
  return audit.team.includes(person.id) ? null : 'team';
}
