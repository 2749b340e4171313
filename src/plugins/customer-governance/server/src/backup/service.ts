import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf } from '../organisation/organisation';
import { addMonths, policyOf } from '../policy';
import { zoneOf } from '../calendar/zone';
import type { CopyState } from '../vault/epochs';
import { keyEpochsOf } from '../vault/epochs-service';
import { vaultOf } from '../vault/vault';
import { destination } from './archive/destination';
import { createBackup, reachable, uploads, type FileProvider } from './create';
import { drill } from './drill';
import { BackupFailed, textOf } from './failure';
import { removeOutdated } from './retention';
import { createRuns, RUN, type RunKind, type RunRow } from './runs';
import { backupSettings, type BackupSettings } from './settings';

const HOUR_MS = 60 * 60 * 1000;
export const BACKUP_KIND = 'backup';
const BACKUPS: readonly RunKind[] = ['full', 'incremental'];

/** How backups stand. */
export interface BackupState {
  /** Whether anything is backed up at all. */
  configured: boolean;
  second: boolean;
  /** Whether the application itself may open the archives for a drill. */
  drillable: boolean;
  running: RunRow | null;
  lastBackup: RunRow | null;
  lastDrill: RunRow | null;
  overdue: { backup: boolean; drill: boolean };
  /** Whether the newest archive of the keys is from a key epoch that has ended, and so opens nothing. */
  keysOutdated: boolean;
  /** No backup holds the secrets of key epochs: how their copy stands. */
  epochCopy: CopyState;
}

/** Identities of a drill, by the files that they are in. */
export interface Identities {
  data: string;
  keys: string;
}

/** Backups of data and keys, and drills of their restore [HLD-4]. */
export function backupService({ strapi }: { strapi: Core.Strapi }) {
  const runs = createRuns(strapi);
  const providers: FileProvider[] = [uploads(strapi)];

  const policy = () => policyOf(strapi).get().backup;

  const settings = (): BackupSettings => {
    const given = backupSettings(strapi);
    if (given) return given;
    throw new BackupFailed(
      'not-configured',
      'Backups are not set up: set GOVERNANCE_BACKUP_DIRECTORY and what goes with it; see docs/operating.md.'
    );
  };

  const audience = async () =>
    (await organisationOf(strapi).inFunction('information')).map(({ id }) => id);

  /** What the log and the people responsible are told of a run that has ended. */
  const conclude = async (run: RunRow): Promise<RunRow> => {
    await auditOf(strapi).append({
      action: run.kind === 'drill' ? 'backup.drill' : 'backup.create',
      outcome: run.state === 'succeeded' ? 'done' : 'refused',
      recordType: RUN,
      recordIds: [run.documentId],
      details: detailsOf(run),
    });
    if (run.state === 'failed') {
      strapi.log.error(
        `${run.kind === 'drill' ? 'The drill' : 'The backup'} failed (${run.reason}): ${run.message}`
      );
      await notificationsOf(strapi).announce('backup-failed', {
        kind: BACKUP_KIND,
        requestId: run.documentId,
        recipients: await audience(),
      });
    }
    return run;
  };

  const begin = async (kind: RunKind, by: number | null, identities?: Identities) => {
    const given = settings();
    const run = await runs.begin(kind, by);
    const ended = runs
      .carry(run, async (progress) => {
        if (kind === 'drill') {
          await drill(strapi, given, identitiesFor(given, identities), run, progress);
          return;
        }
        await createBackup(strapi, given, providers, run, progress);
        const { secondDirectory } = given;
        await removeOutdated(
          [
            await reachable(given.directory, 'destination'),
            ...(secondDirectory ? [await reachable(secondDirectory, 'second-destination')] : []),
          ],
          destination(given.keysDirectory),
          policy(),
          new Date()
        );
      })
      .then(conclude);
    return { run, ended };
  };

  const identitiesFor = (
    given: BackupSettings,
    identities: Partial<Identities> = {}
  ): Identities => {
    const data = identities.data ?? given.identity;
    const keys = identities.keys ?? given.keysIdentity;
    if (data && keys) return { data, keys };
    throw new BackupFailed(
      'no-identity',
      'A drill opens the archives: name the files with the identities of data and keys (--identity, --keys-identity, or GOVERNANCE_BACKUP_IDENTITY_FILE and GOVERNANCE_BACKUP_KEYS_IDENTITY_FILE).'
    );
  };

  return {
    runs,
    settings,

    /** Has files outside the database backed up with the data. */
    includeFiles(provider: FileProvider): void {
      providers.push(provider);
    },

    /** Begins a backup or a drill, which goes on by itself. @throws BackupFailed */
    async start(kind: RunKind, by: number | null): Promise<RunRow> {
      if (kind === 'drill') identitiesFor(settings());
      const { run, ended } = await begin(kind, by);
      ended.catch((error: Error) => {
        strapi.log.error(`The end of a backup could not be written down: ${textOf(error)}`);
      });
      return run;
    },

    /** Makes a backup or a drill, and waits for its end. @throws BackupFailed when it cannot begin */
    async run(kind: RunKind, identities?: Identities): Promise<RunRow> {
      if (kind === 'drill') identitiesFor(settings(), identities);
      return (await begin(kind, null, identities)).ended;
    },

    async state(now = new Date()): Promise<BackupState> {
      await runs.settle(now);
      const given = backupSettings(strapi);
      const lastBackup = await runs.last(BACKUPS, 'succeeded');
      const lastDrill = await runs.last(['drill'], 'succeeded');
      return {
        configured: given !== null,
        second: given?.secondDirectory != null,
        drillable: given?.identity != null && given.keysIdentity != null,
        running: await runs.last([...BACKUPS, 'keys', 'drill'], 'running'),
        lastBackup,
        lastDrill,
        keysOutdated: given !== null && (await keysAreOutdated(now)),
        epochCopy: vaultOf(strapi).epochs().copyState(),
        overdue: {
          backup: given !== null && !isYoung(lastBackup, policy().overdueHours, now),
          drill: given !== null && drillIsDue(lastDrill, now),
        },
      };
    },

    /** Tells the information department of what is overdue. @returns what is */
    async watch(now: Date): Promise<BackupState['overdue']> {
      const { overdue } = await this.state(now);
      for (const what of ['backup', 'drill'] as const) {
        if (!overdue[what]) continue;
        strapi.log.error(
          what === 'backup'
            ? 'ALERT: no backup has succeeded within the hours of the policy (backup.overdueHours).'
            : 'ALERT: no drill of a restore has succeeded within the months of the policy (backup.drillEveryMonths).'
        );
        await notificationsOf(strapi).announce(
          `${what}-overdue`,
          { kind: BACKUP_KIND, requestId: what, recipients: await audience() },
          now
        );
      }
      return overdue;
    },

    /** What the schedule wants: nothing where backups are not set up; `watch` and the panel say so. */
    async scheduled(kind: RunKind): Promise<void> {
      if (backupSettings(strapi) === null) return;
      await this.run(kind);
    },

    /** New archives of the keys once an epoch has ended: those from before open nothing any more. */
    async renewKeys(now: Date): Promise<void> {
      const { keysOutdated, running } = await this.state(now);
      if (keysOutdated && !running) await this.run('keys');
    },

    /** A drill by itself, where it is due and the application may open the archives. */
    async scheduledDrill(now: Date): Promise<void> {
      const { overdue, drillable, lastBackup } = await this.state(now);
      if (overdue.drill && drillable && lastBackup) await this.run('drill');
    },
  };

  async function keysAreOutdated(now: Date): Promise<boolean> {
    const last = await runs.last([...BACKUPS, 'keys'], 'succeeded');
    const { since } = await keyEpochsOf(strapi).state(now);
    // Before the first backup there is nothing to renew.
    return last !== null && since !== null && new Date(last.startedAt) < since;
  }

  function drillIsDue(last: RunRow | null, now: Date): boolean {
    const { drillEveryMonths } = policy();
    if (drillEveryMonths === 0) return false;
    if (!last) return true;
    const zone = zoneOf(policyOf(strapi).get().calendar.timezone);
    return addMonths(zone.dayAt(new Date(last.startedAt)), drillEveryMonths) <= zone.dayAt(now);
  }
}

const isYoung = (run: RunRow | null, hours: number, now: Date): boolean =>
  run !== null && now.getTime() - new Date(run.startedAt).getTime() < hours * HOUR_MS;

function detailsOf(run: RunRow): Record<string, string | number | boolean> {
  if (run.state === 'failed') return { kind: run.kind, reason: run.reason ?? 'failed' };
  if (run.kind === 'drill') {
    const { opened = 0, entries = 0 } = run.drill ?? {};
    return { kind: run.kind, opened, entries };
  }
  return {
    kind: run.kind,
    ...(run.dataDigest ? { digest: run.dataDigest } : {}),
    ...(run.dataBytes ? { bytes: Number(run.dataBytes) } : {}),
  };
}

export type BackupService = ReturnType<typeof backupService>;

export const backupOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('backup') as BackupService;
