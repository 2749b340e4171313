import type { Core } from '@strapi/strapi';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf } from '../organisation/organisation';
import type { Involved } from './decision';

const KIND = 'filing';

/**
 * Tells whoever submitted a customer and whoever owns it that it came back; who entered it, where nobody submitted it by
 * name, as an application does. In the running transaction. Why it came back stands with the review alone.
 * @param reviewer who knows it already.
 */
export async function tellReturned(
  strapi: Core.Strapi,
  documentId: string,
  { submittedBy, enteredBy, owner }: Involved,
  reviewer: number,
  now: Date
): Promise<void> {
  const told = [submittedBy ?? enteredBy, owner].filter((id) => id !== null && id !== reviewer);
  const people = await organisationOf(strapi).byIds(told as number[]);
  const recipients = [...people.values()].filter(({ active }) => active).map(({ id }) => id);
  await notificationsOf(strapi).announce(
    'filing-returned',
    { kind: KIND, requestId: documentId, recipients },
    now
  );
}
