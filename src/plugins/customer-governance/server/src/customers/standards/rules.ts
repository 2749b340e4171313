import type { Core } from '@strapi/strapi';
import { calendarOf } from '../../calendar';
import { policyOf } from '../../policy';
import type { StandardsPolicy } from '../../policy';
import { containsMask } from '../../vault/kinds';
import { isEmpty } from '../entry/attribute';
import type { Entry, EntryRule } from '../entry/entry';
import { placeOf } from './address';
import { entryDelays, LATENESS } from './deadline';
import { CLEAR_FORMATS, FORMATS } from './formats';

type Clear = keyof typeof CLEAR_FORMATS;

/** What the policy lets pass with a warning. */
const WARNED: Partial<Record<Clear, keyof StandardsPolicy>> = {
  creditCode: 'creditCodeCheck',
  industry: 'industry',
};

/**
 * Brings what is stored in clear into its one form, as the kinds of protected values do with theirs, and takes the region from
 * the address [COL-5].
 */
export const formatRule =
  (strapi: Core.Strapi): EntryRule =>
  (entry) => {
    const { standards } = policyOf(strapi).get().collection;
    for (const attribute of Object.keys(CLEAR_FORMATS) as Clear[]) {
      const given = changedText(entry, attribute);
      if (given === null) continue;
      const read = FORMATS[CLEAR_FORMATS[attribute]].read(given);
      const setting = WARNED[attribute];
      if (read.ok) {
        entry.data[attribute] = read.value;
      } else if (read.nearest !== undefined && setting && standards[setting] === 'warn') {
        entry.data[attribute] = read.nearest;
        entry.warn(attribute, read.reason);
      } else {
        entry.report(attribute, read.reason);
      }
    }
    placeRule(entry, standards);
  };

/** The text that an attribute is to get, where it is another one than before. */
function changedText({ data, stored }: Entry, attribute: string): string | null {
  const value = data[attribute];
  if (typeof value !== 'string' || isEmpty(value) || value === stored?.[attribute]) return null;
  return value;
}

function placeRule(entry: Entry, standards: StandardsPolicy): void {
  const { data, stored } = entry;
  if ('address' in data && isEmpty(data.address) && !isEmpty(stored?.address)) {
    // The region told a part of the address.
    if (data.region === undefined || data.region === stored?.region) data.region = null;
    return;
  }
  const address = changedText(entry, 'address');
  if (address === null || containsMask(address)) return;
  const given = changedText(entry, 'region');
  const { region, problems } = placeOf(address, given);
  for (const { attribute, reason } of problems) {
    if (standards.address === 'warn') entry.warn(attribute, reason);
    else entry.report(attribute, reason);
  }
  // A region that was there before is that of the address before.
  if (given === null && region && region.code !== stored?.region) data.region = region.code;
}

/** Notes how long after the first contact a customer was entered, and whether that was too late [COL-6]. */
export const deadlineRule = (strapi: Core.Strapi, clock: () => Date): EntryRule => {
  let delayOf: ReturnType<typeof entryDelays> | undefined;
  return (entry) => {
    const { data, stored } = entry;
    for (const attribute of LATENESS) {
      if (!(attribute in data)) continue;
      const before = stored?.[attribute];
      const isSame = data[attribute] === before || (isUnset(data[attribute]) && isUnset(before));
      if (!isSame) {
        entry.report(attribute, 'is noted by the system. Leave it out');
      }
      delete data[attribute];
    }
    if (stored && !('firstContactAt' in data)) return;
    const firstContact = momentOf(data.firstContactAt);
    if (stored && firstContact?.getTime() === momentOf(stored.firstContactAt)?.getTime()) return;
    // Of a new record only a program says when it was made: clients may not set it.
    const recorded = momentOf((stored ?? data).createdAt) ?? (stored ? null : clock());
    if (!firstContact || !recorded) {
      if (stored) Object.assign(data, { enteredLate: null, entryDelayMinutes: null });
      return;
    }
    if (firstContact > recorded)
      entry.warn('firstContactAt', 'lies in the future. Check day and time');
    delayOf ??= entryDelays(calendarOf(strapi), policyOf(strapi).get().collection.entryDeadline);
    Object.assign(data, delayOf(firstContact, recorded));
  };
};

const isUnset = (value: unknown): boolean => isEmpty(value) || value === false;

function momentOf(value: unknown): Date | null {
  if (!(value instanceof Date) && typeof value !== 'string') return null;
  const at = new Date(value);
  // A year of more or fewer digits is refused by the form of the value; here it must not be reckoned with.
  const year = at.getUTCFullYear();
  return Number.isNaN(year) || year < 1000 || year > 9999 ? null : at;
}
