import { isEmpty } from '../../customers/entry/attribute';
import type { Finding } from '../../customers/entry/finding';

type Data = Readonly<Record<string, unknown>>;

/** Draft until it is submitted, in review until it is decided, active until it ends [COL-1]. */
export const PLAN_STATES = ['draft', 'in-review', 'active', 'closed'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** What the approval writes; no form does. */
const STAMPS = ['proposer', 'proposedAt', 'activatedAt', 'closedAt'];
/** What may be done to a plan that collects: what was approved stays as it was approved. */
const OPEN_WHILE_ACTIVE = new Set(['title', 'responsible', 'endsOn', 'state']);

/**
 * What may not be done to a plan in its state.
 * @param stored the plan as it is; `null` for a new one. @param changed the attributes that get another value.
 */
export function changedPlanFindings(
  data: Data,
  stored: Data | null,
  changed: ReadonlySet<string>
): Finding[] {
  const state = (stored?.state ?? 'draft') as PlanState;
  const findings = STAMPS.filter((name) => changed.has(name)).map((attribute) => ({
    attribute,
    reason: 'is written by the approval of the plan',
  }));
  if (state === 'draft') {
    if (!isEmpty(data.state) && data.state !== 'draft') {
      findings.push({
        attribute: 'state',
        reason: 'a plan becomes active by its approval. Save it as a draft and submit it',
      });
    }
    return findings;
  }
  if (state === 'in-review' || state === 'closed') {
    const reason =
      state === 'in-review'
        ? 'cannot be changed while the plan waits for its approval. Withdraw the plan first'
        : 'cannot be changed any more: the plan is closed. Make another plan';
    return [
      ...findings,
      ...[...changed]
        .filter((name) => !STAMPS.includes(name))
        .map((attribute) => ({ attribute, reason })),
    ];
  }
  for (const attribute of changed) {
    if (STAMPS.includes(attribute)) continue;
    if (!OPEN_WHILE_ACTIVE.has(attribute)) {
      findings.push({
        attribute,
        reason: 'was approved so and stays so. Close this plan and make another one',
      });
    }
  }
  if (changed.has('state') && data.state !== 'closed') {
    findings.push({ attribute: 'state', reason: 'an active plan can only be closed' });
  }
  if (
    changed.has('endsOn') &&
    (isEmpty(data.endsOn) || String(data.endsOn) > String(stored?.endsOn))
  ) {
    findings.push({
      attribute: 'endsOn',
      reason: 'can only be brought forward: a longer plan is another plan, to be approved anew',
    });
  }
  return findings;
}

/** Without these nobody can judge a plan [COL-1]. */
const ASKED: Readonly<Record<string, string>> = {
  goal: 'say what the plan is for',
  method: 'say how the information is collected',
  channels: 'say by which channels',
  startsOn: 'say from when',
  endsOn: 'say until when',
};
/** The same of a plan that points to no notice. */
const ASKED_WITHOUT_NOTICE: Readonly<Record<string, string>> = {
  noticeVersion: 'choose a notice, or say which version of its own text is shown',
  noticeText: 'choose a notice, or write what is shown to data subjects',
};

/**
 * What keeps a draft from being submitted.
 * @param today the day in the company's time zone.
 * @param counts how many purposes and attributes it has, whether somebody is responsible, and whether the notice that it points
 *   to is published; `null` where it points to none.
 */
export function submissionFindings(
  plan: Data,
  counts: { purposes: number; attributes: number; responsible: boolean; notice: boolean | null },
  today: string
): Finding[] {
  const asked = counts.notice === null ? { ...ASKED, ...ASKED_WITHOUT_NOTICE } : ASKED;
  const findings: Finding[] = Object.entries(asked)
    .filter(
      ([name]) => isEmpty(plan[name]) || (Array.isArray(plan[name]) && plan[name].length === 0)
    )
    .map(([attribute, reason]) => ({ attribute, reason }));
  if (counts.notice === false) {
    findings.push({
      attribute: 'notice',
      reason: 'has no published version, so nothing could be shown. Publish it first',
    });
  }
  if (counts.purposes === 0) {
    findings.push({ attribute: 'purposes', reason: 'choose at least one purpose' });
  }
  if (counts.attributes === 0) {
    findings.push({ attribute: 'attributes', reason: 'the plan collects nothing' });
  }
  if (!counts.responsible) {
    findings.push({ attribute: 'responsible', reason: 'say who is responsible' });
  }
  if (!isEmpty(plan.endsOn) && String(plan.endsOn) < today) {
    findings.push({ attribute: 'endsOn', reason: 'is over already' });
  }
  return findings;
}
