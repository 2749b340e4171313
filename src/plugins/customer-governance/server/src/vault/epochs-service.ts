import type { Core } from '@strapi/strapi';
import { auditOf } from '../audit/audit';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { endEpoch, isEpochUnfinished, type EpochEnd, type EpochStepListener } from './epochs-end';
import type { CopyState } from './epochs';
import type { Progress } from './upkeep';
import { vaultOf } from './vault';

/** The state of the key epochs at a glance. */
export interface KeyEpochState {
  /** The running epoch; `null` before the first, as in an installation from before there were epochs. */
  epoch: number | null;
  since: Date | null;
  /** It should have ended a day ago or longer. */
  overdue: boolean;
  /** The end of the one before was begun and is not finished. */
  unfinished: boolean;
  copy: CopyState;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The kind of notifications about epochs. */
export const KEY_EPOCH = 'key-epoch';

/** Ends key epochs, by the policy's time and by command, and knows how they stand. */
export function keyEpochsService({ strapi }: { strapi: Core.Strapi }) {
  const parts = () => {
    const vault = vaultOf(strapi);
    return { store: vault.keyStore(), ring: vault.keyring(), epochs: vault.epochs() };
  };
  const ageOf = (since: Date, now: Date): number => (now.getTime() - since.getTime()) / DAY_MS;
  const days = () => policyOf(strapi).get().keys.epochDays;

  /** Whoever reads the audit log, and the information department where nobody does, is told once of an epoch. */
  const tellOverdue = async (epoch: number | null, now: Date): Promise<void> => {
    const requestId = `${KEY_EPOCH}-${epoch ?? 0}`;
    const told = await notificationsOf(strapi).wasAnnounced('key-epoch-overdue', requestId);
    if (told) return;
    const organisation = organisationOf(strapi);
    const reading = await organisation.holding('plugin::customer-governance.audit.verify');
    const people = reading.length > 0 ? reading : await organisation.inFunction('information');
    await notificationsOf(strapi).announce(
      'key-epoch-overdue',
      { kind: KEY_EPOCH, requestId, recipients: people.map(({ id }) => id) },
      now
    );
  };

  return {
    async state(now: Date = new Date()): Promise<KeyEpochState> {
      const { epochs } = parts();
      const newest = await epochs.newest();
      return {
        epoch: newest?.id ?? null,
        since: newest?.createdAt ?? null,
        overdue: newest !== null && ageOf(newest.createdAt, now) > days() + 1,
        unfinished: newest !== null && (await isEpochUnfinished(parts()).catch(() => true)),
        copy: epochs.copyState(),
      };
    },

    /**
     * Ends the running epoch, or finishes an end that was interrupted. Requests go on meanwhile.
     * @param onStep told of each step; what it throws stops there, and a later call goes on.
     * @throws EpochCopyFailed, having changed nothing, when the copy of the epoch store cannot be written.
     */
    async end(progress: Progress = () => {}, onStep?: EpochStepListener): Promise<EpochEnd> {
      const { store, ring } = parts();
      await ring.reload();
      const total = await store.countDataKeys();
      const done = await endEpoch(parts(), onStep, (count) => progress(count, total));
      if (done.destroyed.length > 0 || done.began) {
        await auditOf(strapi).append({
          action: 'vault.epoch-end',
          details: {
            epoch: done.epoch,
            keyId: done.keyId,
            rewrapped: done.rewrapped,
            destroyed: done.destroyed.length,
          },
        });
      }
      return done;
    },

    /** Ends the epoch when the policy's time is over, or its end is unfinished. @returns whether it did. */
    async endWhenDue(now: Date): Promise<boolean> {
      const newest = await parts().epochs.newest();
      try {
        const due = !newest || ageOf(newest.createdAt, now) >= days();
        if (!due && !(await isEpochUnfinished(parts()))) return false;
        await this.end();
        return true;
      } catch (error) {
        // The name alone, and the next hour tries again: what stands is as good as before.
        strapi.log.error(`The key epoch could not be ended: ${(error as Error).name}.`);
        const { overdue, epoch } = await this.state(now);
        if (overdue) await tellOverdue(epoch, now);
        return false;
      }
    },
  };
}

export type KeyEpochsService = ReturnType<typeof keyEpochsService>;

export const keyEpochsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('key-epochs') as KeyEpochsService;
