import type { Core } from '@strapi/strapi';
import { notificationsOf } from '../notifications/notifications';
import { STEPS } from './models';
import { candidatesOf, type StepRow } from './steps';

type Subject = Pick<StepRow, 'kind' | 'subjectId'>;
type Step = Pick<StepRow, 'id' | 'kind' | 'subjectId' | 'requesterId'>;

const aboutStep = ({ id, kind, subjectId, requesterId }: Step) => ({
  kind,
  requestId: subjectId,
  stepId: id,
  requesterId,
});

/** Tells these people of a step that asks for their decision. */
export const announceToDeciders = (
  strapi: Core.Strapi,
  event: 'step-pending' | 'reminder' | 'escalated',
  step: Step,
  recipients: readonly number[]
): Promise<void> => notificationsOf(strapi).announce(event, { ...aboutStep(step), recipients });

/** Tells of the steps of a request that were just opened; whoever may decide one gets a notification. */
export async function announceOpened(
  strapi: Core.Strapi,
  { kind, subjectId }: Subject
): Promise<void> {
  const open: StepRow[] = await strapi.db
    .query(STEPS)
    .findMany({ where: { kind, subjectId, state: 'pending' }, orderBy: 'id' });
  const candidates = await candidatesOf(
    strapi,
    open.map(({ id }) => id)
  );
  for (const step of open) {
    await announceToDeciders(strapi, 'step-pending', step, candidates.get(step.id) ?? []);
  }
}

/** Tells that a request was submitted, and those who may decide its first steps that they wait. */
export async function announceSubmitted(
  strapi: Core.Strapi,
  { kind, subjectId, requesterId }: Subject & { requesterId: number }
): Promise<void> {
  await notificationsOf(strapi).announce('submitted', { kind, requestId: subjectId, requesterId });
  await announceOpened(strapi, { kind, subjectId });
}

/** Tells the requester how the request ended, and takes what it still asked of others off their lists. */
export async function announceEnd(
  strapi: Core.Strapi,
  event: 'approved' | 'rejected' | 'returned' | 'expired',
  { kind, subjectId, requesterId }: Step
): Promise<void> {
  await settleSteps(strapi, { kind, subjectId });
  await notificationsOf(strapi).announce(event, {
    kind,
    requestId: subjectId,
    requesterId,
    recipients: [requesterId],
  });
}

/** Takes the calls for a decision on a step off the lists of all who were asked, or those on a whole request. */
export const settleSteps = (
  strapi: Core.Strapi,
  { kind, subjectId, id }: Subject & { id?: number }
): Promise<void> => notificationsOf(strapi).settle({ kind, requestId: subjectId, stepId: id });
