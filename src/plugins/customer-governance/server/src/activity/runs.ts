import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { version } from '../../../package.json';
import { auditOf, type AuditEvent } from '../audit/audit';
import { inTransaction } from '../database';
import { actorOf } from '../organisation/actor';
import { policyOf } from '../policy';
import { digestOf } from '../policy/load';
import { vaultOf } from '../vault/vault';
import { SETTINGS_STORE } from './change-actions';

/** Commands of Strapi that the log tells apart. */
const COMMANDS = ['start', 'develop', 'console', 'export', 'import', 'transfer'] as const;
type Command = (typeof COMMANDS)[number] | 'other';
/** Those that take data out as a whole or in; a transfer may do either, and is written as what it can do worst. */
const WHOLESALE: Partial<Record<Command, 'data.export' | 'data.import'>> = {
  export: 'data.export',
  import: 'data.import',
  transfer: 'data.export',
};
const ACTOR = 'application';
const RUN = 'plugin_customer-governance_run_';
const LOGGED = { type: 'plugin', name: 'customer-governance', key: 'logged' } as const;

/** Under what the last start was logged. */
interface Logged {
  policy?: string;
  types?: Record<string, string>;
}

/** With which command of Strapi this process was begun. */
export function commandOf(argv: readonly string[]): Command {
  const [, script = '', word = ''] = argv;
  if (path.parse(script).name !== 'strapi') return 'other';
  return COMMANDS.find((command) => command === word) ?? 'other';
}

/** Start and stop of one application, and what changed between two starts. */
export function createRun(strapi: Core.Strapi, argv: readonly string[] = process.argv) {
  const command = commandOf(argv);
  const key = RUN + randomUUID();
  let started = false;
  const store = () => strapi.db.query(SETTINGS_STORE);

  /** Runs of this machine that ended without a stop: nobody has crossed them out, and their process is gone. */
  const crossOutLost = async (): Promise<boolean> => {
    const rows: Array<{ id: number; value: string }> = await store().findMany({
      where: { key: { $startsWith: RUN } },
    });
    const lost = rows.filter(({ value }) => {
      const { host, pid } = JSON.parse(value) as { host: string; pid: number };
      return host === os.hostname() && !isAlive(pid);
    });
    for (const { id } of lost) await store().delete({ where: { id } });
    return lost.length > 0;
  };

  /** What is in force and was not at the last start. */
  const newlyInForce = async (): Promise<AuditEvent[]> => {
    const before = ((await strapi.store.get(LOGGED)) ?? {}) as Logged;
    const { preset, digest } = policyOf(strapi).get();
    const types = typeDigests(strapi);
    const events: AuditEvent[] = [];
    if (before.policy !== digest) {
      events.push({
        action: 'policy.load',
        details: { preset, digest, ...(before.policy ? { before: before.policy } : {}) },
      });
    }
    const changed = Object.keys({ ...before.types, ...types }).filter(
      (uid) => before.types?.[uid] !== types[uid]
    );
    if (changed.length > 0) {
      events.push({
        action: 'schema.change',
        attributes: changed,
        details: {
          digest: digestOf(types),
          ...(before.types ? { before: digestOf(before.types) } : {}),
        },
      });
    }
    if (events.length > 0) {
      await strapi.store.set({ ...LOGGED, value: { policy: digest, types } });
    }
    return events;
  };

  return {
    /** Writes the start. @throws when it cannot be written: an application without a log does not run. */
    start: (): Promise<void> =>
      actorOf(strapi).asSystem(ACTOR, () =>
        inTransaction(strapi, async () => {
          const unclean = await crossOutLost();
          const wholesale = WHOLESALE[command];
          await auditOf(strapi).append([
            { action: 'system.start', details: { version, command, unclean } },
            ...(await newlyInForce()),
            ...(wholesale ? [{ action: wholesale, details: { command } }] : []),
          ]);
          const value = JSON.stringify({ host: os.hostname(), pid: process.pid });
          await store().create({ data: { key, value, type: 'object' } });
          started = true;
        })
      ),

    /** Writes the stop of an application whose start was written. */
    async stop(): Promise<void> {
      if (!started) return;
      started = false;
      await actorOf(strapi).asSystem(ACTOR, () =>
        inTransaction(strapi, async () => {
          await store().delete({ where: { key } });
          await auditOf(strapi).append({ action: 'system.stop', details: { command } });
        })
      );
    },
  };
}

export type Run = ReturnType<typeof createRun>;

/** A digest of the attributes of each governed type. */
const typeDigests = (strapi: Core.Strapi): Record<string, string> =>
  Object.fromEntries(
    [...vaultOf(strapi).governed().keys()].map((uid) => [
      uid,
      digestOf(strapi.contentTypes[uid as never]['attributes']),
    ])
  );

/** A process of this number that is this one is an earlier life of it, as in a container, where all have the same. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
