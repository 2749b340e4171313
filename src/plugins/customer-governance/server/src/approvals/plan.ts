import type { Core } from '@strapi/strapi';
import { calendarOf } from '../calendar';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf, type ApprovalFacts, type Approver } from '../policy';
import { canBeFilledByDistinctPeople } from './assignment';
import { candidatesFor } from './candidates';

/** A step as it would be opened: who is to fill it, and the staff ids of those who may. */
export interface PlannedStep {
  role: Approver;
  /** Steps of one stage are open at the same time. */
  stage: number;
  candidates: number[];
}

/** Whose approval a request needs. */
export interface Approvable {
  requester: StaffRef;
  /** What the rules ask; the requester's departments are found here, and the recipient is the requester if nobody is named. */
  facts: Omit<ApprovalFacts, 'departments' | 'recipient'> &
    Partial<Pick<ApprovalFacts, 'recipient'>>;
  /** Staff ids of the owners of the records, the requester left out. */
  owners?: readonly number[];
}

/** Why nobody could decide a request: a step has nobody for it, or the steps have fewer people than there are steps. */
export interface ChainProblem {
  code: 'nobody' | 'too-few';
  roles: Approver[];
}

/** The steps of a request, and why it could not be submitted, or `null`. */
export interface ChainPlan {
  steps: PlannedStep[];
  problem: ChainProblem | null;
}

/**
 * The steps that the policy's rules ask of a request, with the people who may fill them. The same for the requester, who
 * sees it before submitting, and for the submission.
 * @param barred staff ids that take another part in the request.
 */
export async function planChain(
  strapi: Core.Strapi,
  request: Approvable,
  barred: ReadonlySet<number>
): Promise<ChainPlan> {
  const stages = policyOf(strapi).chainFor({
    recipient: 'self',
    ...request.facts,
    departments: await organisationOf(strapi).departmentCodesOf(request.requester),
  });
  const steps: PlannedStep[] = [];
  for (const [stage, approvers] of stages.entries()) {
    for (const role of approvers) {
      for (const people of await candidatesFor(strapi, role, request)) {
        steps.push({ role, stage, candidates: people.filter((id) => !barred.has(id)) });
      }
    }
  }
  const distinct = withoutRepeats(steps);
  return { steps: distinct, problem: problemOf(distinct) };
}

/**
 * Who is superior and head of the department in one person approves once, as head. Any other two steps want two people,
 * even where the same ones may fill either.
 */
function withoutRepeats(steps: readonly PlannedStep[]): PlannedStep[] {
  const head = steps.find(({ role }) => role === 'department-head');
  const alone = head?.candidates.length === 1 ? head.candidates[0] : undefined;
  return steps.filter(
    ({ role, candidates }) =>
      !(role === 'superior' && candidates.length === 1 && candidates[0] === alone)
  );
}

function problemOf(steps: readonly PlannedStep[]): ChainProblem | null {
  const empty = steps.filter(({ candidates }) => candidates.length === 0);
  if (empty.length > 0) return { code: 'nobody', roles: empty.map(({ role }) => role) };
  if (canBeFilledByDistinctPeople(steps.map(({ candidates }) => candidates))) return null;
  return { code: 'too-few', roles: steps.map(({ role }) => role) };
}

/** The problem in words. */
export function explain({ code, roles }: ChainProblem): string {
  const what =
    code === 'nobody'
      ? `Nobody but you could approve as ${roles.join(', ')}.`
      : `The steps ${roles.join(', ')} need as many different people, and there are not enough.`;
  return `${what} Ask the information department to complete the staff profiles.`;
}

/** When a step that begins now is due. */
export const stepDeadline = (strapi: Core.Strapi, from: Date = new Date()) =>
  calendarOf(strapi).addWorkingTime(from, {
    days: policyOf(strapi).get().approvals.deadline.workingDays,
  });

export interface ChainPreview {
  steps: Array<{ role: Approver; stage: number; eligible: Array<{ name: string }>; dueAt: Date }>;
  /** When the last step is due; it may move where the holidays of its year are not known yet. */
  expectedAt: Date | null;
  provisional: boolean;
  problem: ChainProblem | null;
}

/** A plan with names, and with the date by which each step is decided if every one takes its whole time. */
export async function previewOf(
  strapi: Core.Strapi,
  { steps, problem }: ChainPlan,
  now: Date
): Promise<ChainPreview> {
  const people = await organisationOf(strapi).byIds(steps.flatMap(({ candidates }) => candidates));
  let at = now;
  let due = { at: now, provisional: false };
  let provisional = false;
  const views = steps.map(({ role, stage, candidates }, index) => {
    // Steps of one stage are due together; a stage begins when the one before it is due.
    if (stage !== steps[index - 1]?.stage) {
      due = stepDeadline(strapi, at);
      at = due.at;
      provisional ||= due.provisional;
    }
    const names = candidates.flatMap((id) => people.get(id)?.displayName ?? []);
    return { role, stage, eligible: names.map((name) => ({ name })), dueAt: due.at };
  });
  return { steps: views, expectedAt: views.at(-1)?.dueAt ?? null, provisional, problem };
}
