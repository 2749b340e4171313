import type { Core } from '@strapi/strapi';

/** What the sweep uses of a kind of the vault. */
interface Kind {
  id: string;
  parse(raw: string): { ok: boolean; value?: string };
  mask(value: string): string;
}

/** An unmistakable value that was put into one protected attribute of one record, or that a caller sends. */
export interface Canary {
  uid: string;
  attribute: string;
  kind: string;
  /** Which record: `own`, `foreign`, `planted-route`, …; `sent` and `typed` for values that only callers send. */
  label: string;
  value: string;
  mask: string;
  /** Another value with the same mask: the wrong guess that looks like the right one. */
  twin: string;
}

/** Characters that no other data holds: of the first, three side by side name one canary; of the others, one twin. */
export const RARE = [...'龘靐齉爩麤灪籲鱻驫羴掱淼焱垚猋犇'];
export const RARE_TOO = [...'嵒嚞嘂囍壵孨尛巠幵弜惢戩槑毳燚灥'];
const CONSONANTS = [...'bcdfghjklmnpqrst'];

const digits = (n: number) => String(n).padStart(3, '0');
const triple = (pool: string[], n: number) =>
  [0, 4, 8].map((shift) => pool[(n >> shift) % pool.length]).join('');
const dayAfter = (start: string, days: number) =>
  new Date(Date.parse(`${start}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** GB 11643: the last character of a resident ID, by the other 17. */
function residentCheck(body: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return '10X98765432'[sum % 11];
}

/** Luhn: the digit that makes the number whole. */
function luhn(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** The first of the candidates that ends like the canary: the check digit is part of the mask. */
function endingLike(canary: string, candidates: Iterable<string>): string {
  for (const candidate of candidates) {
    if (candidate !== canary && candidate.at(-1) === canary.at(-1)) return candidate;
  }
  throw new Error('No twin was found for a canary with a check digit.');
}

const resident = (day: string) => {
  const body = `110101${day.replaceAll('-', '')}737`;
  return body + residentCheck(body);
};
const card = (n: number, filler: number) => {
  const body = `6226${digits(n)}${String(filler).padStart(5, '0')}771`;
  return body + luhn(body);
};

function* from<T>(start: number, make: (n: number) => T): Generator<T> {
  for (let n = start; ; n += 1) yield make(n);
}

/** For each kind the n-th canary and its twin. Both are valid and canonical; `checked` below holds them to that. */
const makers: Record<string, (n: number) => [canary: string, twin: string]> = {
  // Half of the names are Chinese, for the escapes that only these go through.
  'person-name': (n) =>
    n % 2 === 0
      ? [`甯${triple(RARE, n)}`, `甯${triple(RARE_TOO, n)}`]
      : [`Zq${triple(CONSONANTS, n)}vok Wjyphrm`, `Zx${triple(CONSONANTS, n)}kov Mrhpyjw`],
  mobile: (n) => [`198${digits(n)}74${digits(n)}`, `198${digits(n)}24${digits(n)}`],
  landline: (n) => [`0571-8${digits(n)}7342`, `0571-8${digits(n)}2642`],
  email: (n) => [`x${digits(n)}zqv.canary@sweep.example`, `x${digits(n)}kvq.wanary@sweep.example`],
  'resident-id': (n) => {
    // Each in another year than those around it: by the year, too, one is told from another.
    const canary = resident(dayAfter(`${1946 + (n % 54)}-01-01`, Math.floor(n / 54)));
    return [
      canary,
      endingLike(
        canary,
        from(n, (at) => resident(dayAfter('1942-01-01', at)))
      ),
    ];
  },
  passport: (n) => [`EZ${digits(n)}4719`, `EZ${digits(n)}8791`],
  'bank-card': (n) => {
    const canary = card(n, 41_907);
    return [
      canary,
      endingLike(
        canary,
        from(50_000, (filler) => card(n, filler))
      ),
    ];
  },
  address: (n) => {
    const place = '浙江省杭州市西湖区';
    const [own, other] = [triple(RARE, n), triple(RARE_TOO, n)];
    return [`${place}${own}路${n + 100}号${own}`, `${place}${other}路${n + 100}号${other}`];
  },
  'birth-date': (n) => {
    const newYear = `${1903 + Math.floor(n / 300)}-01-01`;
    return [dayAfter(newYear, n % 300), dayAfter(newYear, 300 + (n % 60))];
  },
  'instant-messenger': (n) => [`wx${digits(n)}zqv_canary`, `wx${digits(n)}kvq_wanary`],
  'free-text': (n) => [
    `zq${digits(n)}xv “canary” said "no"\nsecond line ${triple(RARE, n)} & more`,
    `zq${digits(n)}kv “wanary” said "no"\nsecond line ${triple(RARE_TOO, n)} & more`,
  ],
};

let made = 0;

export const ATTACHMENT = 'plugin::customer-governance.attachment';

const governedBy = (strapi: Core.Strapi): Map<string, Record<string, Kind>> =>
  (
    strapi.plugin('customer-governance').service('vault') as {
      governed(): Map<string, Record<string, Kind>>;
    }
  ).governed();

/**
 * The governed types and their protected attributes, as the running server says. Attachments are left out: nobody enters
 * values of theirs, and what is secret of them is in their files.
 */
export function governedTypes(strapi: Core.Strapi): Map<string, Record<string, Kind>> {
  const governed = new Map(governedBy(strapi));
  governed.delete(ATTACHMENT);
  if (governed.size === 0) throw new Error('The vault knows no governed type: nothing to sweep.');
  return governed;
}

/** A canary for each protected attribute of a type, all of them new. */
export function canariesFor(strapi: Core.Strapi, uid: string, label: string): Canary[] {
  const attributes = governedTypes(strapi).get(uid) ?? {};
  return Object.entries(attributes).map(([attribute, kind]) => {
    const maker = makers[kind.id];
    if (!maker) {
      throw new Error(`tests/leaks/canaries.ts has no canary of the kind ${kind.id}: add one.`);
    }
    if (made > 1199) throw new Error('The sweep has used up its canaries.');
    const [value, twin] = maker(made);
    made += 1;
    return checked({ uid, attribute, kind: kind.id, label, value, twin, mask: '' }, kind);
  });
}

/** A canary for the content of a file. */
export function fileCanary(strapi: Core.Strapi): Canary {
  const kind = governedBy(strapi).get(ATTACHMENT)?.content;
  if (!kind) throw new Error('The server knows no attachments.');
  const [value, twin] = (makers['free-text'] as (n: number) => [string, string])(made);
  made += 1;
  const place = { uid: ATTACHMENT, attribute: 'content', kind: kind.id, label: 'file' };
  return checked({ ...place, value, twin, mask: '' }, kind);
}

/** What the makers promise, held against the kind itself: a canary that is no canary would find nothing. */
function checked(canary: Canary, kind: Kind): Canary {
  const mask = kind.mask(canary.value);
  for (const value of [canary.value, canary.twin]) {
    const parsed = kind.parse(value);
    if (!parsed.ok || parsed.value !== value || kind.mask(value) !== mask) {
      throw new Error(
        `The canary "${value}" of the kind ${kind.id} is not canonical, or its mask is not that of its twin.`
      );
    }
  }
  if (canary.value === canary.twin || mask.includes(canary.value)) {
    throw new Error(`The canary "${canary.value}" is no secret.`);
  }
  return { ...canary, mask };
}

/** The parts of the value that the mask shows at its beginning and end. */
export function shownParts({ value, mask }: Pick<Canary, 'value' | 'mask'>): [string, string] {
  const [head = ''] = mask.split('*', 1);
  const tail = mask.slice(mask.lastIndexOf('*') + 1);
  return [value.startsWith(head) ? head : '', tail && value.endsWith(tail) ? tail : ''];
}

/** As an object for a record's `data`. */
export const dataOf = (canaries: Canary[]): Record<string, string> =>
  Object.fromEntries(canaries.map(({ attribute, value }) => [attribute, value]));
