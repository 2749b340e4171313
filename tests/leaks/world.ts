import type { Core } from '@strapi/strapi';
import { demoLogins, seedDemo } from '../../scripts/demo/seed';
import { bootApp, type BootedApp } from '../support/app';
import { canariesFor, governedTypes, type Canary } from './canaries';
import { importCanaries } from './importing';
import {
  attachFile,
  consent,
  CONTACT,
  createFile,
  createPairs,
  CUSTOMER,
  LEAD,
  modelOf,
  PLUGIN,
  type CanaryRecord,
  type Place,
} from './records';

/** Justifies every protected attribute, so that a reveal of each can be shown to work where there is a right to it. */
export const PURPOSE = 'leak-sweep';
export interface World {
  app: BootedApp;
  strapi: Core.Strapi;
  records: CanaryRecord[];
  /** Canaries that callers send and that no record holds, by type. */
  sent: Map<string, Canary[]>;
  /** Canaries that callers type where nothing of a customer belongs: at the routes that are Strapi's own. */
  typed: Canary[];
  /** Canaries in the content of files, those that were imported among them, as far as no customer came of them. */
  files: Canary[];
  /** Records that a caller may change and delete, by caller and type. */
  throwaways: Map<string, CanaryRecord[]>;
  logins: typeof demoLogins;
}

/** Boots the application with the demo company, MCP turned on, and everything that it can log going to `configure`'s sink. */
export async function bootWorld(
  configure: (strapi: Core.Strapi) => void,
  env: Record<string, string> = {}
): Promise<BootedApp> {
  return bootApp({
    configure,
    logLevel: 'silly' as never,
    // So that the routes that delete do delete, and tell webhooks of it.
    policy: {
      retention: { deletion: 'by-permission' },
      // One sealed attribute of one type, and what the demo proposes; the others stay to be written directly.
      changes: { controlled: ['customer.companyName', `${LEAD}.mobile`] },
    },
    // Anything but "production", where Strapi refuses webhooks to this machine.
    env: { MCP_ENABLED: 'true', NODE_ENV: 'test', ...env },
  });
}

/**
 * Puts canaries into records of every governed type: one record that the first sales representative is responsible for,
 * one that nobody of the demo company is, pairs with equal masks, one for each planted leak, and throw-away records.
 */
export async function plantCanaries(
  app: BootedApp,
  options: { demo: boolean; throwawaysFor: string[] }
): Promise<World> {
  const { strapi } = app;
  if (options.demo) await seedDemo(strapi);
  const asSweep = <T>(work: () => Promise<T>): Promise<T> =>
    strapi
      .plugin('customer-governance')
      .service('actor')
      .asSystem('leak-sweep', work) as Promise<T>;

  return asSweep(async () => {
    const purpose = await createPurpose(strapi);
    const plan = await createPlan(strapi, purpose.id);
    const own = options.demo ? await ownPlace(strapi) : await foreignPlace(strapi, 'own');
    const foreign = await foreignPlace(strapi, 'foreign');
    const records: CanaryRecord[] = [];
    const throwaways = new Map<string, CanaryRecord[]>();
    for (const caller of options.throwawaysFor) {
      throwaways.set(caller, await createFile(strapi, `throw-away of ${caller}`, own, plan));
    }
    const files: Canary[] = [];
    if (options.demo) {
      const imported = await importCanaries(strapi, own, plan);
      records.push(imported.record);
      files.push(...imported.canaries);
    }
    // Last, so that the newest rows, which every list shows first, are those that matter.
    for (const label of ['planted-route', 'planted-column', 'planted-log']) {
      records.push(...(await createFile(strapi, label, foreign, plan)));
    }
    records.push(...(await createPairs(strapi, foreign)));
    records.push(...(await createFile(strapi, 'foreign', foreign, plan)));
    records.push(...(await createFile(strapi, 'own', own, plan)));
    const customers = [...records, ...[...throwaways.values()].flat()].filter(
      ({ uid }) => uid === CUSTOMER
    );
    for (const record of customers) await consent(strapi, record, purpose.id);
    for (const record of records.filter(({ uid }) => uid === CUSTOMER)) {
      if (['own', 'foreign'].includes(record.label)) files.push(await attachFile(strapi, record));
    }
    const sent = new Map(
      [...governedTypes(strapi).keys()].map((uid) => [uid, canariesFor(strapi, uid, 'sent')])
    );
    const typed = canariesFor(strapi, CUSTOMER, 'typed');
    return {
      app,
      strapi,
      records,
      sent,
      typed,
      files,
      throwaways,
      logins: options.demo ? demoLogins : [],
    };
  });
}

/** Every canary there is, also those that are only sent. */
export const allCanaries = ({ records, sent, typed, files, throwaways }: World): Canary[] => [
  ...typed,
  ...files,
  ...records.flatMap(({ canaries }) => canaries),
  ...[...throwaways.values()].flat().flatMap(({ canaries }) => canaries),
  ...[...sent.values()].flat(),
];

/** The record with this label of a type. */
export function recordOf(world: World, uid: string, label: string): CanaryRecord {
  const found = world.records.find((record) => record.uid === uid && record.label === label);
  if (!found) throw new Error(`There is no canary record "${label}" of ${uid}.`);
  return found;
}

async function createPurpose(strapi: Core.Strapi): Promise<{ id: number }> {
  const attributes = [...governedTypes(strapi)].flatMap(([uid, kinds]) =>
    Object.keys(kinds).map((attribute) => `${uid.replace(`${PLUGIN}.`, '')}.${attribute}`)
  );
  return strapi.db.query(`${PLUGIN}.purpose`).create({
    data: {
      code: PURPOSE,
      name: 'Leak sweep',
      legalBasis: 'contract',
      // The industry is no secret, and no file is opened without it.
      attributes: [...attributes, 'customer.industry'],
      origin: 'panel',
      active: true,
      publishedAt: new Date(),
    },
  });
}

/** A running plan under which every attribute may be collected. */
async function createPlan(strapi: Core.Strapi, purpose: number): Promise<number> {
  const types = [CUSTOMER, CONTACT];
  const attributes = types.flatMap((uid) =>
    Object.keys(modelOf(strapi, uid).attributes).map(
      (attribute) => `${uid.replace(`${PLUGIN}.`, '')}.${attribute}`
    )
  );
  const plan = await strapi.db.query(`${PLUGIN}.collection-plan`).create({
    data: {
      code: 'leak-sweep',
      title: 'Leak sweep',
      goal: 'To be found nowhere',
      purposes: [purpose],
      attributes,
      channels: ['sales'],
      method: 'direct',
      startsOn: '2020-01-01',
      endsOn: '2099-12-31',
      noticeVersion: '1',
      noticeText: 'Sweep',
      state: 'active',
      publishedAt: new Date(),
    },
  });
  return plan.id;
}

/** With the first sales representative of the demo. */
async function ownPlace(strapi: Core.Strapi): Promise<Place> {
  const login = demoLogins.find(({ role }) => role === 'Sales representative');
  const staff = await strapi.db.query(`${PLUGIN}.staff-profile`).findOne({
    where: { user: { email: login?.email } },
    populate: ['user', 'department'],
  });
  if (!staff) throw new Error('The demo has no sales representative with a staff profile.');
  return { ownerId: staff.id, departmentId: staff.department.id, creatorId: staff.user.id };
}

/** In a department outside the demo company. */
async function foreignPlace(strapi: Core.Strapi, code: string): Promise<Place> {
  const publishedAt = new Date();
  const department = await strapi.db.query(`${PLUGIN}.department`).create({
    data: { name: `Sweep ${code}`, code: `sweep-${code}`, function: 'business', publishedAt },
  });
  const staff = await strapi.db.query(`${PLUGIN}.staff-profile`).create({
    data: {
      displayName: `Sweep ${code}`,
      level: 'staff',
      active: true,
      department: department.id,
      publishedAt,
    },
  });
  return { ownerId: staff.id, departmentId: department.id, creatorId: null };
}
