import {
  companyOf,
  DECISION_CHAINS,
  EASTERN_CITIES,
  industryOf,
  NEEDS,
  NOTES,
  OFFICES,
  POSITIONS,
  SIZES,
  WESTERN_CITIES,
  type City,
} from './companies';
import { before, dayBefore, months } from './days';
import { personName } from './names';
import { bankCard, creditCode, landlineNumber, mobileNumber, residentId } from './numbers';
import { CHANNEL_PARTNER } from './partners';
import { collectedBy } from './plans';
import { randomOf, type Random } from './random';
import type { Outline } from './stories';

type Data = Record<string, unknown>;

/** A customer as it is entered. */
export interface Portrait {
  outline: Outline;
  kind: 'person' | 'company';
  city: City;
  firstContactAt: Date;
  /** When it was recorded: of some customers later than the policy allows. */
  enteredAt: Date;
  /** What is entered first; relations come with the writing. */
  data: Data;
  /** What is added once the separate consent is recorded. */
  sealed: Record<string, string>;
}

/** When things happened with a customer, in days before now. */
interface Times {
  firstContact: number;
  lastContact: number;
  ended?: number;
  stage: 'active' | 'dormant' | 'ended';
}

function timesOf({ number, story, plan }: Outline, random: Random): Times {
  if (story === 'ended' || story === 'destroyed') {
    const ended = random.whole(months(37), months(50));
    const lastContact = ended + random.whole(0, 20);
    return {
      firstContact: lastContact + random.whole(200, 800),
      lastContact,
      ended,
      stage: 'ended',
    };
  }
  if (story === 'silent') {
    const lastContact = random.whole(months(25), months(32));
    return {
      firstContact: lastContact + random.whole(30, 300),
      lastContact,
      stage: 'dormant',
    };
  }
  if (plan === 'exhibition') {
    const firstContact = random.whole(10, 110);
    return { firstContact, lastContact: random.whole(1, firstContact), stage: 'active' };
  }
  if (story === 'usual' && plan === 'enquiries') {
    // One after the other they fell silent, so that every month of the coming year has some who become due.
    const lastContact = 375 + ((number * 53) % 350);
    return { firstContact: lastContact + random.whole(20, 200), lastContact, stage: 'active' };
  }
  const firstContact = random.whole(90, 1000);
  if (story === 'usual' && plan === 'general' && random.chance(6)) {
    const ended = random.whole(30, firstContact - 30);
    return { firstContact, lastContact: ended + random.whole(0, 20), ended, stage: 'ended' };
  }
  const dormant = firstContact > 250 && random.chance(12);
  return {
    firstContact,
    lastContact: dormant ? random.whole(200, Math.min(600, firstContact)) : random.whole(1, 60),
    stage: dormant ? 'dormant' : 'active',
  };
}

const SOURCES = [
  ...(['sales', 'sales', 'sales', 'customer-service', 'referral', 'referral'] as const),
  ...(['public-source', 'partner'] as const),
];

const CONTACT_METHODS = ['visit', 'call', 'message', 'introduction'] as const;

function originOf({ plan }: Outline, random: Random): Data {
  if (plan === 'exhibition') return { source: 'marketing-event', method: 'direct' };
  if (plan === 'enquiries') return { source: 'website', method: 'online' };
  const source = random.pick(SOURCES);
  return source === 'partner'
    ? { source, method: 'indirect', partner: CHANNEL_PARTNER }
    : { source, method: 'direct' };
}

const two = (number: number) => String(number).padStart(2, '0');

const birthdayOf = (random: Random): string =>
  `${random.whole(1960, 2001)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`;

const isForeign = (name: string): boolean => /\p{Script=Latin}|\p{Script=Cyrillic}/u.test(name);

function personOf({ number }: Outline, city: City, birthday: string, random: Random): Data {
  return {
    industry: industryOf(random),
    ...(random.chance(50) ? { birthDate: birthday } : {}),
    address: `${city.address}示例路${1 + (number % 180)}号`,
  };
}

function companyData({ number }: Outline, city: City, random: Random): Data {
  const { name, industry } = companyOf(city, number);
  const office = random.whole(0, OFFICES.length - 1);
  return {
    companyName: name,
    industry,
    creditCode: creditCode(city.region, number),
    website: `https://example.com/kh-${number}`,
    companySize: random.pick(SIZES),
    position: POSITIONS[office],
    contactDepartment: OFFICES[office],
    landline: landlineNumber(city.area, number),
    address: `${city.address}示例路${1 + (number % 180)}号`,
    ...(random.chance(40) ? { decisionChain: random.pick(DECISION_CHAINS) } : {}),
  };
}

function sealedOf(outline: Outline, name: string, city: City, birthday: string, random: Random) {
  if (outline.plan !== 'general') return {};
  if (!(outline.sensitive ?? (outline.story === 'usual' && random.chance(25)))) return {};
  const { number } = outline;
  const identity: Record<string, string> = isForeign(name)
    ? { passport: `X${String(number).padStart(8, '0')}` }
    : { residentId: residentId(city.region, birthday) };
  return random.chance(40) ? { ...identity, bankCard: bankCard(number) } : identity;
}

/** Fills an outline in. The same outline and day give the same customer. */
export function portraitOf(outline: Outline, now: Date): Portrait {
  const { number, plan, department } = outline;
  const random = randomOf(`customer ${number}`);
  const city = random.pick(department === 'east' ? EASTERN_CITIES : WESTERN_CITIES);
  const kind = outline.kind ?? (random.chance(60) ? 'company' : 'person');
  const name = outline.name ?? personName(random);
  const birthday = birthdayOf(random);
  const times = timesOf(outline, random);
  const firstContactAt = before(now, times.firstContact, random.whole(1, 8));
  const collected: Data = {
    name,
    mobile: mobileNumber(number),
    ...(kind === 'company'
      ? companyData(outline, city, random)
      : personOf(outline, city, birthday, random)),
    email: `kh-${number}@example.com`,
    ...(random.chance(35) ? { wechat: `demo_wx_${number}` } : {}),
    ...(random.chance(45) ? { needs: random.pick(NEEDS) } : {}),
    ...(random.chance(25) ? { notes: random.pick(NOTES) } : {}),
  };
  const inPlan = collectedBy(plan);
  const origin = originOf(outline, random);
  const sealed = sealedOf(outline, name, city, birthday, random);
  const hours = random.chance(12) ? random.whole(80, 200) : 3;
  return {
    outline,
    kind,
    city,
    firstContactAt,
    enteredAt: new Date(Math.min(before(firstContactAt, 0, -hours).getTime(), now.getTime())),
    data: {
      ...Object.fromEntries(Object.entries(collected).filter(([key]) => inPlan?.has(key) ?? true)),
      ...origin,
      ...(random.chance(70) ? { firstContactMethod: random.pick(CONTACT_METHODS) } : {}),
      ...(times.stage === 'active' && random.chance(40)
        ? { plannedFollowUp: dayBefore(now, -random.whole(1, 30)) }
        : {}),
      kind,
      keyCustomer: outline.keyCustomer,
      stage: times.stage,
      firstContactAt: firstContactAt.toISOString(),
      lastContactOn: dayBefore(now, times.lastContact),
      relationEndedOn: times.ended === undefined ? null : dayBefore(now, times.ended),
    },
    sealed,
  };
}
