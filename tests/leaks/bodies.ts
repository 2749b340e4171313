import { dataOf, governedTypes, type Canary } from './canaries';
import type { Call } from './http';
import type { Target } from './routes';
import { LEAD, modelOf } from './records';
import type { World } from './world';

/** What is sent with one call, beside its address. */
export type Body = Pick<Call, 'body' | 'headers'>;

/**
 * Bodies that could make the server repeat what it was sent. No canary stands where a free text belongs: what people
 * write there is not the vault's to hide, and would be found everywhere afterwards.
 */
export function bodiesFor(world: World, target: Target): Body[] {
  const { strapi, typed } = world;
  const sent = world.sent.get(target.uid ?? '') ?? [...world.sent.values()].flat();
  if (/logout|sessions/.test(target.template)) return [{ body: {} }];
  if (target.uid && governedTypes(strapi).has(target.uid)) {
    const wraps = target.template.startsWith('/api/');
    const data = dataBodies(world, target.uid, sent).map((body) => ({
      body: wraps ? { data: body } : body,
    }));
    return [...data, ...shapeless(sent)];
  }
  if (/customer-governance\//.test(target.template)) {
    return [
      ...governanceBodies(sent, typed[0].value),
      ...proposals(world, sent),
      ...shapeless(sent),
    ];
  }
  return [{ body: misplaced(typed, typed[0].value) }, ...shapeless(typed).slice(-1)];
}

/** Not even an object: what a parser's message quotes. */
function shapeless([one, other]: Canary[]): Body[] {
  return [
    { body: [one.value, { value: other.value }] },
    { body: `"${one.value}"` },
    { body: one.value, headers: { 'content-type': 'text/plain' } },
    {
      body: `data[value]=${encodeURIComponent(one.value)}&data=${encodeURIComponent(other.value)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    { body: `{"data": {"value": "${one.value}", ${other.value}` },
  ];
}

/** Each canary where something else belongs: lists and objects for texts, texts for ids. */
function misplaced(sent: Canary[], key: string): Record<string, unknown> {
  const at = (index: number) => sent[index % sent.length].value;
  return {
    data: { nested: { value: at(0) } },
    id: { value: at(1) },
    ids: { value: at(2) },
    documentIds: { value: at(3) },
    documentId: [at(4)],
    name: { value: at(5) },
    email: [at(6)],
    type: { value: at(7) },
    permissions: { value: at(8) },
    roles: at(9),
    url: { value: at(10) },
    [key]: at(1),
  };
}

/** The data of a record of a governed type, wrong in every way that a client gets it wrong. */
function dataBodies(
  { strapi, typed }: World,
  uid: string,
  sent: Canary[]
): Array<Record<string, unknown>> {
  // That a key is unknown is said by its name.
  const key = typed[0].value;
  const each = (make: (canary: Canary) => unknown) =>
    Object.fromEntries(sent.map((canary) => [canary.attribute, make(canary)]));
  const governed = governedTypes(strapi).get(uid) ?? {};
  // Values of another shape than text: enumerations, dates, relations, numbers.
  const others = Object.entries(modelOf(strapi, uid).attributes)
    .filter(([name, { type }]) => !(name in governed) && !['string', 'text'].includes(type))
    .map(([name], at) => [name, sent[at % sent.length].value]);
  const shifted = (at: number) => sent[(at + 1) % sent.length].value;
  return [
    Object.fromEntries(sent.map(({ attribute }, at) => [attribute, shifted(at)])),
    Object.fromEntries(others),
    Object.fromEntries(others.map(([name, value]) => [name, { connect: [{ documentId: value }] }])),
    each(({ value }) => ({ nested: value })),
    each(({ value }) => [value]),
    each(({ value }) => `${value}*`),
    each(({ value }) => `${value}\u0007`),
    each(({ value }) => `\u202E${value}`),
    each(({ value }) => `${value} `.repeat(400)),
    each(({ value }) => Number(value.replace(/\D/g, '')) || value),
    { unknown: sent[0].value, [key]: 1 },
    {
      documentId: sent[0].value,
      id: sent[1].value,
      locale: sent[0].value,
      createdBy: sent[1].value,
    },
    dataOf(sent),
  ];
}

/** The governance routes' own keys, each with a canary that does not belong there. */
function governanceBodies(sent: Canary[], key: string): Body[] {
  const [one, other] = sent;
  const type = one.uid;
  const reveal = { type, documentIds: ['a'], attributes: [one.attribute], purpose: 'p' };
  const lookup = { type, attribute: one.attribute, value: one.value };
  return [
    { body: misplaced(sent, key) },
    { body: { ...reveal, documentIds: [one.value] } },
    { body: { ...reveal, attributes: [one.value, other.value] } },
    { body: { ...reveal, purpose: one.value } },
    { body: { ...reveal, type: one.value } },
    // A value of another kind, an attribute and a look-up that do not exist.
    ...sent.map((canary, at) => ({
      body: { ...lookup, attribute: canary.attribute, value: sent[(at + 1) % sent.length].value },
    })),
    { body: { ...lookup, attribute: one.value } },
    { body: { ...lookup, transform: one.value } },
    { body: { attribute: one.attribute, value: one.value, transform: 'last4' } },
    {
      body: {
        type,
        records: [one.value],
        purpose: other.value,
        attributes: [one.value],
        termDays: one.value,
        reason: { value: one.value },
      },
    },
    { body: { decision: one.value, comment: { value: other.value } } },
    { body: { customers: [one.value], reason: { value: one.value } } },
  ];
}

/** Changes of a controlled attribute: one in order, and canaries where a record, an attribute or its mask belongs. */
function proposals(world: World, [one, other]: Canary[]): Body[] {
  const lead = world.records.find(({ uid, label }) => uid === LEAD && label === 'own');
  const mobile = world.sent.get(LEAD)?.find(({ attribute }) => attribute === 'mobile');
  const good = {
    type: LEAD,
    documentId: lead?.documentId,
    values: { mobile: mobile?.value },
    reason: 'Sweep',
  };
  return [
    { body: { ...good, documentId: one.value } },
    { body: { ...good, values: { [one.value]: other.value } } },
    { body: { ...good, values: { mobile: `${other.value}*` } } },
    { body: { ...good, values: { mobile: { value: other.value } } } },
    { body: { type: LEAD, documentId: lead?.documentId, attributes: [one.value] } },
    { body: good },
  ];
}
