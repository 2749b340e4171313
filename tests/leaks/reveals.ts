import { governedTypes } from './canaries';
import type { Caller } from './callers';
import { API_REVEAL, isAmbient, PANEL_REVEAL, type Expectations } from './expectations';
import type { Client } from './http';
import type { Report } from './report';
import { CONTACT, CUSTOMER } from './records';
import { PURPOSE, recordOf, type World } from './world';

const CHANNEL = 'reveals and look-ups';
const PANEL_LOOKUP = '/customer-governance/lookup';

/**
 * The doors that do open. Everybody knocks for every attribute of a record of their own and of a foreign one; who has a
 * right must get the canary, which shows that the sweep would see one, and nobody else may.
 */
export async function sweepReveals(
  world: World,
  callers: Caller[],
  expectations: Expectations,
  client: Client,
  report: Report
): Promise<void> {
  const revealed = new Set<string>();
  for (const caller of callers) {
    for (const uid of governedTypes(world.strapi).keys()) {
      for (const label of ['own', 'foreign']) {
        for (const route of [PANEL_REVEAL, API_REVEAL]) {
          const context = { world, caller, uid, label, route, client };
          const problems = await knock(context, expectations, revealed);
          report.check(
            `reveals follow the permissions: ${label} ${uid} by ${route}, as ${caller.name}`,
            problems.length === 0,
            problems.join('; ')
          );
        }
      }
    }
    await tryLookups(world, caller, expectations, client, report);
  }
  for (const [uid, kinds] of governedTypes(world.strapi)) {
    const never = Object.keys(kinds).filter((name) => !revealed.has(`${uid}.${name}`));
    report.check(
      `an authorised reveal of every attribute of ${uid} was seen`,
      never.length === 0,
      `never revealed: ${never.join(', ')}`
    );
  }
  await checkAmbient(world, callers, expectations, client, report);
}

interface Knock {
  world: World;
  caller: Caller;
  uid: string;
  label: string;
  route: string;
  client: Client;
}

async function knock(
  { world, caller, uid, label, route, client }: Knock,
  { mayReveal }: Expectations,
  revealed: Set<string>
): Promise<string[]> {
  const [method, path] = route.split(' ');
  const record = recordOf(world, uid, label);
  const problems: string[] = [];
  for (const { attribute, value } of record.canaries) {
    const answer = await client(CHANNEL, caller, {
      method,
      template: path,
      path,
      body: {
        type: uid,
        documentIds: [record.documentId],
        attributes: [attribute],
        purpose: PURPOSE,
      },
    });
    const opened = valuesIn(answer.json()).includes(value);
    if (opened) revealed.add(`${uid}.${attribute}`);
    const due = route === API_REVEAL ? caller.mayRevealByApi : mayReveal(caller, record, attribute);
    if (opened !== due) {
      problems.push(`${attribute}: ${due ? 'was refused' : 'was given'} (${answer.status})`);
    }
  }
  return problems;
}

/** Every text in an answer, as the client reads it. */
function valuesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(valuesIn);
}

/** A look-up without a right to it, or of a record out of sight, tells nothing: right and wrong guess answer alike. */
async function tryLookups(
  world: World,
  caller: Caller,
  { maySee }: Expectations,
  client: Client,
  report: Report
): Promise<void> {
  const places = [...governedTypes(world.strapi).keys()].flatMap((uid) => [
    { uid, path: PANEL_LOOKUP },
    ...(uid === CUSTOMER ? [{ uid, path: '/api/customer-governance/customers/lookup' }] : []),
    ...(uid === CONTACT ? [{ uid, path: '/api/customer-governance/contacts/lookup' }] : []),
  ]);
  for (const { uid, path } of places) {
    const problems: string[] = [];
    for (const label of ['own', 'foreign']) {
      const record = recordOf(world, uid, label);
      const knows =
        path === PANEL_LOOKUP
          ? holdsLookup(caller) && maySee(caller, record)
          : caller.mayRevealByApi;
      let refused = 0;
      for (const { attribute, value, twin } of record.canaries) {
        // Who has no right to look up is refused whatever the attribute.
        if (refused > 1) break;
        const ask = async (guess: string) => {
          const body = { attribute, value: guess };
          const answer = await client(CHANNEL, caller, {
            method: 'POST',
            template: path,
            path,
            body: path === PANEL_LOOKUP ? { type: uid, ...body } : body,
          });
          const message = (answer.json() as { error?: { message?: string } } | null)?.error;
          return `${answer.status} ${message?.message ?? ''} ${answer.text.includes(record.documentId)}`;
        };
        const [right, wrong] = [await ask(value), await ask(twin)];
        // Free text has no look-up: for these the answers agree, whoever asks.
        if (/^40[13]/.test(right)) refused += 1;
        const hasLookup = !right.startsWith('400');
        if (knows && hasLookup ? !right.endsWith('true') : right !== wrong) {
          problems.push(`${attribute} of ${label}: right ${right}, wrong ${wrong}`);
        }
      }
    }
    report.check(
      `look-ups follow the permissions: ${uid} by ${path}, as ${caller.name}`,
      problems.length === 0,
      problems.slice(0, 3).join('; ')
    );
  }
}

const holdsLookup = ({ permissions }: Caller): boolean =>
  permissions.some(({ action }) => action === 'plugin::customer-governance.lookup');

/** The ambient attributes do stand in clear in the list and form of those who may have them: no one else's proof counts. */
async function checkAmbient(
  world: World,
  callers: Caller[],
  { mayReveal, maySee }: Expectations,
  client: Client,
  report: Report
): Promise<void> {
  const list = '/content-manager/collection-types/:model';
  for (const caller of callers.filter(({ kind }) => kind.startsWith('admin'))) {
    for (const uid of governedTypes(world.strapi).keys()) {
      const wrong: string[] = [];
      for (const label of ['own', 'foreign']) {
        const record = recordOf(world, uid, label);
        const path = list.replace(':model', uid);
        const listed = await client(CHANNEL, caller, {
          method: 'GET',
          template: list,
          path,
          query: 'sort=id:desc&pageSize=20',
        });
        const form = await client(CHANNEL, caller, {
          method: 'GET',
          template: `${list}/:id`,
          path: `${path}/${record.documentId}`,
        });
        for (const [where, answer] of [
          ['list', listed],
          ['form', form],
        ] as const) {
          const texts = valuesIn(answer.json());
          if (texts.includes(record.documentId) !== maySee(caller, record)) {
            wrong.push(`${label} record in the ${where}: ${answer.status}`);
          }
          for (const canary of record.canaries) {
            const due = isAmbient(canary) && mayReveal(caller, record, canary.attribute);
            if (texts.includes(canary.value) !== due) {
              wrong.push(`${canary.attribute} of ${label} in the ${where}, due: ${due}`);
            }
          }
        }
      }
      report.check(
        `lists and forms show what they should: ${uid}, as ${caller.name}`,
        wrong.length === 0,
        wrong.slice(0, 4).join('; ')
      );
    }
  }
}
