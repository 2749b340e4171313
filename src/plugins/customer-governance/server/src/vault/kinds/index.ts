import { address } from './address';
import { bankCard } from './bank-card';
import { birthDate } from './birth-date';
import { email } from './email';
import { freeText } from './free-text';
import { instantMessenger } from './instant-messenger';
import { landline } from './landline';
import { mobile } from './mobile';
import { passport } from './passport';
import { personName } from './person-name';
import { residentId } from './resident-id';
import type { Kind, KindId } from './kind';

export { containsMask, FULL_MASK, MASK_CHARACTER, parsingOnce, rememberingOnce } from './kind';
export type { Classification, Kind, KindId, Parsed, RefusalCode, Transform } from './kind';

/** Every kind of protected value. */
export const kinds: Record<KindId, Kind> = {
  'person-name': personName,
  mobile,
  landline,
  email,
  'resident-id': residentId,
  passport,
  'bank-card': bankCard,
  address,
  'birth-date': birthDate,
  'instant-messenger': instantMessenger,
  'free-text': freeText,
};

export const kindIds = Object.keys(kinds) as KindId[];

/** Whether a text, such as the option of a custom field, names a kind. */
export function isKindId(text: unknown): text is KindId {
  return typeof text === 'string' && Object.hasOwn(kinds, text);
}
