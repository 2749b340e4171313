import { isEmpty } from '../../customers/entry/attribute';
import type { Finding } from '../../customers/entry/finding';
import { resolveAttribute } from '../../policy';
import { attributeKey } from '../rules';

type Data = Readonly<Record<string, unknown>>;

export const MAX_ATTRIBUTES = 200;
const MAX_CHANNELS = 50;
const MAX_CHANNEL_LENGTH = 80;
const PATH = /^[a-z][\w:.-]{0,200}\.[A-Za-z]\w{0,60}$/;
/** So many attributes are named in one message. */
const NAMED = 20;

/** A list of attributes, such as `customer.mobile`, or why it is none. */
export type AttributeList = { ok: true; keys: string[] } | { ok: false; reason: string };

/** Reads the attributes of a purpose or plan. @param exists whether the application has such an attribute. */
export function readAttributes(
  value: unknown,
  exists: (uid: string, attribute: string) => boolean
): AttributeList {
  if (!Array.isArray(value)) {
    return { ok: false, reason: "must be a list of attributes, such as ['customer.mobile']" };
  }
  if (value.length > MAX_ATTRIBUTES) {
    return { ok: false, reason: `must name at most ${MAX_ATTRIBUTES} attributes` };
  }
  if (!value.every((path) => typeof path === 'string' && PATH.test(path))) {
    return { ok: false, reason: "must consist of attributes, such as 'customer.mobile'" };
  }
  const unknown = (value as string[]).filter((path) => {
    const { uid, attribute } = resolveAttribute(path);
    return !exists(uid, attribute);
  });
  return unknown.length > 0
    ? { ok: false, reason: `names attributes that do not exist: ${some(unknown)}` }
    : { ok: true, keys: (value as string[]).map(keyOf) };
}

/** `customer.mobile` as `uid.attribute`, so that its short and its full form are the same. */
export function keyOf(path: string): string {
  const { uid, attribute } = resolveAttribute(path);
  return attributeKey(uid, attribute);
}

/** A plan may only narrow what its purposes justify [COL-2]. */
export function narrowingFindings(
  keys: readonly string[],
  justified: ReadonlySet<string>
): Finding[] {
  const beyond = keys.filter((key) => !justified.has(key));
  if (beyond.length === 0) return [];
  return [
    {
      attribute: 'attributes',
      reason: `no purpose of the plan justifies ${some(beyond.map(shortOf))}. Leave them out, or add the purpose that they serve`,
    },
  ];
}

/** What else is wrong with a plan. @param after the plan as it will be. */
export function planFormFindings(after: Data): Finding[] {
  const findings: Finding[] = [];
  const { startsOn, endsOn, channels } = after;
  if (!isEmpty(startsOn) && !isEmpty(endsOn) && String(endsOn) < String(startsOn)) {
    findings.push({ attribute: 'endsOn', reason: 'must not be before the plan starts' });
  }
  if (!isEmpty(channels) && !isChannelList(channels)) {
    findings.push({
      attribute: 'channels',
      reason: `must be a list of at most ${MAX_CHANNELS} short texts`,
    });
  }
  return findings;
}

/**
 * Why nothing may be collected under a plan today, or `null`.
 * @param today the day in the company's time zone, as `YYYY-MM-DD`.
 */
export function whyInactive(plan: Data, today: string): string | null {
  const code = String(plan.code);
  if (plan.state === 'draft') return `the plan ${code} is a draft`;
  if (plan.state === 'in-review') return `the plan ${code} waits for its approval`;
  if (plan.state !== 'active') return `the plan ${code} is closed`;
  if (!isEmpty(plan.startsOn) && today < String(plan.startsOn)) {
    return `the plan ${code} starts on ${String(plan.startsOn)}`;
  }
  if (!isEmpty(plan.endsOn) && today > String(plan.endsOn)) {
    return `the plan ${code} ended on ${String(plan.endsOn)}`;
  }
  return null;
}

const isChannelList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= MAX_CHANNELS &&
  value.every((item) => typeof item === 'string' && item.length <= MAX_CHANNEL_LENGTH);

const shortOf = (key: string): string => key.replace(/^plugin::customer-governance\./, '');

function some(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
