import type { PersonKey } from './people';
import type { PlanKey } from './plans';
import { documentIdOf } from './random';

/**
 * What becomes of a customer. `ended`, `silent` and `withdrawn` are due for destruction today: the relation ended long
 * ago, there was no contact for long, or no consent is left.
 */
export type Story = 'usual' | 'ended' | 'silent' | 'withdrawn' | 'destroyed';

/** A customer before anything is known of it but its place in the company. */
export interface Outline {
  number: number;
  filingNumber: string;
  documentId: string;
  story: Story;
  plan: PlanKey;
  owner: PersonKey;
  department: 'east' | 'west';
  keyCustomer: boolean;
  kind?: 'person' | 'company';
  name?: string;
  /** Whether sensitive attributes were consented to separately and are kept; left out: chance decides. */
  sensitive?: boolean;
}

const CUSTOMERS = 200;
const TO_DESTROY = 3;
const EASTERN = 100;

export const filingNumberOf = (number: number): string => `KH-${String(number).padStart(5, '0')}`;
const idOf = (number: number): string => documentIdOf('customer', filingNumberOf(number));

/** Customers with a part in the walk through the demo, by number. */
const CAST: Record<number, Pick<Outline, 'name' | 'kind' | 'sensitive'>> = {
  1: { name: '欧阳明月', kind: 'person', sensitive: true },
  2: { name: '张晓燕', kind: 'person', sensitive: true },
  3: { name: '林建国', kind: 'person', sensitive: true },
  4: { name: '沈若曦', kind: 'person', sensitive: false },
  5: { name: '司马长卿', kind: 'company', sensitive: true },
  6: { name: '南宫雪', kind: 'company', sensitive: false },
  101: { name: '诸葛知秋', kind: 'person', sensitive: true },
};
const CAST_KEY_CUSTOMER = 5;

const STORIES: ReadonlyArray<{ from: number; to: number; story: Story }> = [
  { from: 71, to: 77, story: 'ended' },
  { from: 78, to: 79, story: 'silent' },
  { from: 80, to: 81, story: 'withdrawn' },
  { from: 171, to: 173, story: 'ended' },
  { from: 174, to: 174, story: 'silent' },
  { from: 175, to: 175, story: 'withdrawn' },
  { from: CUSTOMERS + 1, to: CUSTOMERS + TO_DESTROY, story: 'destroyed' },
];
const HELD = 77;
const REVIEWED = 60;

const storyOf = (number: number): Story =>
  STORIES.find(({ from, to }) => number >= from && number <= to)?.story ?? 'usual';

const numbersOf = (...stories: Story[]): number[] =>
  STORIES.filter(({ story }) => stories.includes(story)).flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index)
  );

/** DocumentIds of the customers that a walk through the demo needs. */
export const demoCases = {
  /** 李娜's, with a resident ID and the separate consent to it, but no grant. */
  sealed: idOf(1),
  /** The same, and 李娜 holds a grant over the resident ID. */
  granted: idOf(2),
  /** The same, and 李娜's request waits for 王芳. */
  pending: idOf(3),
  /** 李娜's, without a separate consent: a resident ID is refused. */
  unconsented: idOf(4),
  /** 李娜's key customer, a company with a sealed resident ID of its main contact. */
  keyCustomer: idOf(5),
  /** 李娜's, a company whose new name waits for 王芳's approval. */
  renamed: idOf(6),
  /** 周伟's, with a sealed resident ID. */
  otherTeam: idOf(101),
  /** 李娜's, who took every consent back: not even name and mobile are shown. */
  stopped: idOf(80),
  /** Due, and under a legal hold. */
  held: idOf(HELD),
  /** Under a legal hold whose review date has come. */
  reviewed: idOf(REVIEWED),
  /** Due for destruction, without the held one. */
  due: numbersOf('ended', 'silent', 'withdrawn')
    .filter((number) => number !== HELD)
    .map(idOf),
  /** Destroyed by an executed order: not there any more. */
  destroyed: numbersOf('destroyed').map(idOf),
};

function planOf(number: number, story: Story): PlanKey {
  if (story === 'silent' || story === 'withdrawn') return 'enquiries';
  if (story !== 'usual' || CAST[number]) return 'general';
  if (number % 9 === 0) return 'exhibition';
  return number % 7 === 0 ? 'enquiries' : 'general';
}

/** Sales representatives own most; the last ones of each team are their head's own. */
function ownerOf(number: number, east: boolean): PersonKey {
  const ofHead = number % EASTERN === 0 || number % EASTERN > 92;
  if (east) return ofHead ? 'wang.fang' : 'li.na';
  return ofHead ? 'zhao.min' : 'zhou.wei';
}

/** All customers of the demo, in order of their filing numbers. */
export function outlines(): Outline[] {
  return Array.from({ length: CUSTOMERS + TO_DESTROY }, (_, index) => {
    const number = index + 1;
    const story = storyOf(number);
    const plan = planOf(number, story);
    const east = number <= EASTERN || number > CUSTOMERS;
    return {
      number,
      filingNumber: filingNumberOf(number),
      documentId: idOf(number),
      story,
      plan,
      owner: ownerOf(number, east),
      department: east ? 'east' : 'west',
      keyCustomer: number === CAST_KEY_CUSTOMER || (story === 'usual' && number % 17 === 0),
      ...CAST[number],
    };
  });
}
