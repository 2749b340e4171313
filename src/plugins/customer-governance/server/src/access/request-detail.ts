import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import type { StaffRef } from '../organisation/organisation';
import { REQUEST, USE, type RequestRow } from './models';
import { requestViews } from './request-views';

/**
 * One request with all that became of it, for its requester and for those who may decide a step of it now or had a part
 * in one; `null` for everybody else, as for a request that does not exist.
 * @param decides whether the person's role decides requests at all.
 */
export async function requestDetail(
  strapi: Core.Strapi,
  documentId: string,
  person: StaffRef,
  decides: boolean
): Promise<object | null> {
  const request = (await strapi.db.query(REQUEST).findOne({
    where: { documentId },
    populate: { requester: { select: ['id'] } },
  })) as RequestRow | null;
  if (!request) return null;
  const mine = request.requester?.id === person.id;
  const approvals = approvalsOf(strapi);
  if (!mine && !(decides && (await approvals.takesPart(person, USE, documentId)))) return null;
  return {
    ...((await requestViews(strapi, [documentId])).get(documentId) as object),
    marks: await approvals.marks(USE, documentId),
    mine,
    // All of them, so that the requester can ask for the same once more.
    ...(mine ? { recordIds: request.records } : {}),
  };
}
