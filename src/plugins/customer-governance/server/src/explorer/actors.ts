import type { Core } from '@strapi/strapi';
import { organisationOf } from '../organisation/organisation';
import {
  accountsOfStaff,
  findLooseAccounts,
  findStaff,
  namesOfStaff,
  type Account,
} from '../organisation/search';

/** Somebody whose entries can be looked for. */
export interface ActorChoice {
  /** `staff:<documentId>` for a person with all accounts, `<kind>:<id>` for one account. */
  value: string;
  /** Null where nobody knows it any more. */
  name: string | null;
  /** Tells namesakes apart. */
  department: string | null;
  kind: string;
}

const STAFF = 'staff';

/** The accounts behind an actor as the filters write one; none for a person who has none. */
export async function accountsOf(strapi: Core.Strapi, actor: string): Promise<Account[]> {
  const [kind = '', id = ''] = actor.split(/:(.*)/s);
  return kind === STAFF ? accountsOfStaff(strapi, id) : [{ kind, id }];
}

/** The actor that a filter names, with the name that it has now. */
export async function actorNamed(strapi: Core.Strapi, value: string): Promise<ActorChoice> {
  const [kind = '', id = ''] = value.split(/:(.*)/s);
  const name =
    kind === STAFF
      ? (await namesOfStaff(strapi, [id])).get(id)
      : (await organisationOf(strapi).namesOfActors([{ actorKind: kind, actorId: id }]))({
          actorKind: kind,
          actorId: id,
        });
  return { value, name: name ?? null, department: null, kind };
}

/** Finds people, and accounts of the panel that belong to nobody, by a part of their name. */
export async function findActors(
  strapi: Core.Strapi,
  text: string,
  limit: number
): Promise<ActorChoice[]> {
  const staff = await findStaff(strapi, text, limit);
  const accounts = await findLooseAccounts(strapi, text, limit - staff.length);
  return [
    ...staff.map(({ documentId, name, department }) => ({
      value: `${STAFF}:${documentId}`,
      name,
      department,
      kind: STAFF,
    })),
    ...accounts.map(({ kind, id, name }) => ({
      value: `${kind}:${id}`,
      name,
      department: null,
      kind,
    })),
  ];
}
