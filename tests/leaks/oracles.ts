import { governedTypes, shownParts, type Canary } from './canaries';
import type { Caller } from './callers';
import { inParallel, type Answer, type Client } from './http';
import type { Report } from './report';
import { governedRelations } from './routes';
import type { CanaryRecord } from './records';
import { recordOf, type World } from './world';

const CHANNEL = 'oracles';

/** A list that a caller can ask about, and the type whose hidden values a guess is about. */
interface Place {
  name: string;
  template: string;
  path: string;
  uid: string;
  /** Before the attribute in a filter or sort: the relation that leads to the type. */
  through: string | null;
}

/** A way to put a guess into a query. */
interface Way {
  name: string;
  /** An operator and what it is given; several attributes can be asked at once. */
  filter?: { operator: string; of: (guess: string, canary: Canary) => string };
  /** Everything else that could be taken for a condition. */
  query?: (field: Field, guess: string, canary: Canary) => string;
}

/** How an attribute is written: as a key in brackets, and with dots. */
interface Field {
  keys: string;
  dots: string;
}

const encode = encodeURIComponent;

/** A guess that goes further than the mask, and is not the whole value. */
function beyondMask(guess: string, canary: Canary): string {
  const [head] = shownParts({ value: guess, mask: canary.mask });
  const chars = [...guess];
  const shown = [...head].length;
  return chars.slice(0, shown + Math.max(1, Math.ceil((chars.length - shown) * 0.7))).join('');
}

/** What the mask hides, with one character of what it shows: so that it can be found within no mask. */
function hiddenPart(guess: string, { mask }: Canary): string {
  const [head, tail] = shownParts({ value: guess, mask });
  const start = Math.max(0, head.length - (tail ? 0 : 1));
  return guess.slice(start, guess.length - Math.max(0, tail.length - 1));
}

/** The end that the mask shows, and half of what it hides before it. */
function endBeyondMask(guess: string, { mask }: Canary): string {
  const [head, tail] = shownParts({ value: guess, mask }).map((part) => [...part].length);
  const hidden = [...guess].length - head - tail;
  return [...guess].slice(-(tail + Math.ceil(hidden / 2))).join('');
}

const operator = (name: string, of = (guess: string, _canary: Canary) => guess): Way => ({
  name,
  filter: { operator: name, of },
});

const WAYS: Way[] = [
  operator('[$eq]'),
  operator('[$startsWith]', beyondMask),
  operator('[$contains]', hiddenPart),
  operator('[$gt]'),
  operator('[$in][0]'),
  operator('[$eqi]'),
  operator('[$ne]'),
  operator('[$lt]'),
  operator('[$gte]'),
  operator('[$endsWith]', endBeyondMask),
  operator('[$notContains]', hiddenPart),
  operator('[$containsi]', hiddenPart),
  operator('[$not][$eq]'),
  operator('', (guess) => guess),
  operator('[$between][0]'),
  { name: 'where[…]', query: ({ keys }, guess) => `where${keys}=${encode(guess)}` },
  { name: '_where', query: ({ dots }, guess) => `_where[${dots}_contains]=${encode(guess)}` },
  {
    name: 'filters[t0.…]',
    query: ({ dots }, guess) => `filters[t0.${dots}][$eq]=${encode(guess)}`,
  },
  {
    name: 'filters[t0][…]',
    query: ({ keys }, guess) => `filters[t0]${keys}[$eq]=${encode(guess)}`,
  },
  { name: '_q', query: (_field, guess, canary) => `_q=${encode(beyondMask(guess, canary))}` },
  {
    name: 'sort by an alias',
    query: ({ dots }, guess) => `sort=t0.${dots}:asc&filters[${dots}]=${encode(guess)}`,
  },
];

/** For those who see the same lists with the same code. */
const FEW = 5;

/** Asks every list as everybody who gets an answer, with a right guess and a wrong one that has the same mask. */
export async function sweepOracles(
  world: World,
  callers: Caller[],
  client: Client,
  report: Report
): Promise<void> {
  const thorough = new Set(['Super Admin', 'full-access token']);
  for (const caller of callers) {
    for (const place of placesFor(world, caller)) {
      const { template, path } = place;
      const open = await client(CHANNEL, caller, { method: 'GET', template, path });
      if (open.status !== 200) continue;
      const ways = thorough.has(caller.name) && !place.through ? WAYS : WAYS.slice(0, FEW);
      await inParallel(ways, (way) => tryWay(world, caller, place, way, client, report));
      if (!place.through) await trySort(world, caller, place, client, report);
    }
  }
}

/** The lists of every governed type, and of every type from which a relation leads to one. */
function placesFor({ strapi }: World, caller: Caller): Place[] {
  const governed = governedTypes(strapi);
  const places: Place[] = [];
  for (const type of Object.values(strapi.contentTypes)) {
    const { uid, plugin, info } = type as unknown as {
      uid: string;
      plugin?: string;
      info: { pluralName: string };
    };
    const template = caller.kind.startsWith('admin')
      ? '/content-manager/collection-types/:model'
      : `/api/${plugin ? `${plugin}/` : ''}${info.pluralName}`;
    const path = template.replace(':model', uid);
    const add = (target: string, through: string | null) =>
      places.push({
        name: `${uid}${through ? `, through ${through}` : ''}`,
        template,
        path,
        uid: target,
        through,
      });
    if (governed.has(uid)) add(uid, null);
    for (const [relation, target] of governedRelations(strapi, uid)) add(target, relation);
  }
  return places;
}

async function tryWay(
  world: World,
  caller: Caller,
  place: Place,
  way: Way,
  client: Client,
  report: Report
): Promise<void> {
  const { name, template, path, uid, through } = place;
  // Among a few records, so that an answer is not a page of the demo's: any difference is a difference of these.
  const among = amongCanaries(world, uid, through);
  const ask = async (query: string, guesses: string[]) =>
    outcomeOf(
      await client(CHANNEL, caller, {
        method: 'GET',
        template,
        path,
        query: `${query}&${among}`,
      }),
      guesses
    );
  const queryOf = (asked: Array<{ canary: Canary; guess: string }>): string => {
    const fieldOf = ({ attribute }: Canary): Field =>
      through
        ? { keys: `[${through}][${attribute}]`, dots: `${through}.${attribute}` }
        : { keys: `[${attribute}]`, dots: attribute };
    return asked
      .map(({ canary, guess }, at) => {
        if (way.query) return way.query(fieldOf(canary), guess, canary);
        const { operator: key, of } = way.filter as NonNullable<Way['filter']>;
        const value = encode(of(guess, canary));
        const picker = through
          ? `&populate[${through}][filters]${`[${canary.attribute}]`}${key}=${value}`
          : '';
        return `filters[$or][${at}]${fieldOf(canary).keys}${key}=${value}${picker}`;
      })
      .join('&');
  };
  const compare = async (canaries: Canary[]): Promise<{ right: string; wrong: string }> => {
    const asked = (which: 'value' | 'twin') =>
      canaries.map((canary) => ({ canary, guess: canary[which] }));
    const guesses = canaries.flatMap(({ value, twin }) => [value, twin]);
    const right = await ask(queryOf(asked('value')), guesses);
    return { right, wrong: await ask(queryOf(asked('twin')), guesses) };
  };

  const different: string[] = [];
  for (const label of labelsFor(caller)) {
    const { canaries } = recordOf(world, uid, label);
    // All at once, joined by $or; one by one where that is refused or tells a difference.
    const together = way.filter ? await compare(canaries) : null;
    if (together?.right.startsWith('200') && together.right === together.wrong) continue;
    for (const canary of canaries) {
      const { right, wrong } = await compare([canary]);
      if (right !== wrong) {
        different.push(`${canary.attribute} of ${label}: right ${right} and wrong ${wrong}`);
      }
    }
  }
  report.check(
    `no oracle by filters${way.name}: ${name}, as ${caller.name}`,
    different.length === 0,
    different.slice(0, 3).join('; ')
  );
}

/** The record whose columns hold plaintext, because that was planted there, would tell every guess. */
function amongCanaries({ records }: World, uid: string, through: string | null): string {
  const path = through ? `[${through}]` : '';
  return records
    .filter((record) => record.uid === uid && record.label !== 'planted-column')
    .map(({ documentId }, at) => `filters${path}[documentId][$in][${at}]=${documentId}`)
    .join('&');
}

/** Whose sight is limited is also asked about a record out of it. */
const labelsFor = ({ permissions }: Caller): string[] =>
  permissions.some(({ conditions }) => conditions.length > 0) ? ['own', 'foreign'] : ['own'];

/** What an answer tells: its status, its message without the guess, and which records are in it. */
function outcomeOf(answer: Answer, guesses: string[]): string {
  const body = answer.json() as {
    error?: { message?: string };
    pagination?: { total?: number };
    meta?: { pagination?: { total?: number } };
  } | null;
  const message = guesses.reduce(
    (text, guess) => text.replaceAll(guess, '…'),
    body?.error?.message ?? ''
  );
  const total = body?.pagination?.total ?? body?.meta?.pagination?.total ?? '-';
  return `${answer.status} ${message} total ${total} [${idsIn(answer).join(' ')}]`;
}

function idsIn(answer: Answer): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    const { documentId } = value as { documentId?: unknown };
    if (typeof documentId === 'string') found.push(documentId);
    Object.values(value).forEach(walk);
  };
  walk(answer.json());
  return found;
}

/**
 * Two pairs of records with equal masks, whose hidden values stand the other way round in the second pair. An order that
 * knows masks only puts both pairs in the same order.
 */
async function trySort(
  world: World,
  caller: Caller,
  { name, template, path, uid }: Place,
  client: Client,
  report: Report
): Promise<void> {
  const pairs: CanaryRecord[][] = ['pair-1', 'pair-2'].map((pair) =>
    ['first', 'second'].map((which) => recordOf(world, uid, `${pair}-${which}`))
  );
  const ids = pairs.flat().map(({ documentId }) => documentId);
  const only = ids.map((id, at) => `filters[documentId][$in][${at}]=${id}`).join('&');
  const different: string[] = [];
  for (const { attribute } of pairs[0][0].canaries) {
    for (const sort of [`sort=${attribute}:asc`, `sort[0]=${attribute}:desc`]) {
      const query = `${sort}&${only}`;
      const answer = await client(CHANNEL, caller, { method: 'GET', template, path, query });
      const order = idsIn(answer);
      const rises = pairs.map(([first, second]) =>
        Math.sign(order.indexOf(second.documentId) - order.indexOf(first.documentId))
      );
      if (rises[0] !== rises[1]) different.push(sort);
    }
  }
  report.check(
    `no oracle by sort: ${name}, as ${caller.name}`,
    different.length === 0,
    `${different.join(', ')} puts records with equal masks into the order of their values`
  );
}
