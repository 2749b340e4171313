import type { Epochs } from './epochs';
import type { KeyStore } from './key-store';
import type { Keyring } from './keyring';

/** Where the end of an epoch stands. Each step is done for good before the next begins, so it can stop at any of them. */
export type EpochStep =
  | 'begun'
  | 'key-added'
  | 'own-keys-rewrapped'
  | 'batch-rewrapped'
  | 'data-keys-rewrapped'
  | 'old-keys-removed'
  | 'copy-destroyed'
  | 'destroyed';

/** Told of each step; what it throws stops there, as a crash would. */
export type EpochStepListener = (step: EpochStep) => void | Promise<void>;

export interface EpochEnd {
  /** The epoch that goes on. */
  epoch: number;
  keyId: number;
  rewrapped: number;
  /** Whether this call has begun it. */
  began: boolean;
  /** The epochs whose secrets this call has destroyed. */
  destroyed: number[];
}

interface Parts {
  store: KeyStore;
  ring: Keyring;
  epochs: Epochs;
}

const BATCH = 500;
/** While another instance re-wraps the last page, there is nothing to do and the old key is still in use. */
const PAUSE_MS = 20;

/** Re-wraps everything under the newest key-encryption key, and removes the others. @returns how many data keys. */
export async function moveToNewestKey(
  ring: Keyring,
  {
    onBatch = () => undefined,
    onOwnKeys = () => undefined,
  }: {
    onBatch?: (done: number) => void | Promise<void>;
    onOwnKeys?: () => void | Promise<void>;
  } = {}
): Promise<{ rewrapped: number; retired: number[] }> {
  let rewrapped = 0;
  const retired: number[] = [];
  await ring.rewrapOwn();
  await onOwnKeys();
  for (;;) {
    for (let found = -1; found !== 0;) {
      found = await ring.rewrapBatch(BATCH);
      rewrapped += found;
      if (found > 0) await onBatch(rewrapped);
    }
    retired.push(...(await ring.retireUnused()));
    if (ring.keyEncryptionKeys().length === 1) return { rewrapped, retired };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Whether the end of an epoch was begun and not finished, or there is no epoch yet. */
export async function isEpochUnfinished({ ring, epochs }: Omit<Parts, 'store'>): Promise<boolean> {
  const newest = await epochs.newest();
  if (!newest) return true;
  const used = await ring.epochsInUse();
  return used.some((epoch) => epoch !== newest.id) || (await epochs.ended(newest.id)).length > 0;
}

/**
 * Ends the running key epoch: everything is wrapped anew under a new one, while the application runs, and then the old
 * secret is destroyed. From then on no older copy of the key store opens. An end that was interrupted is finished first,
 * and is then the one that was asked for; two instances at once end one epoch together.
 */
export async function endEpoch(
  { store, ring, epochs }: Parts,
  onStep: EpochStepListener = () => undefined,
  progress: (done: number) => void = () => undefined
): Promise<EpochEnd> {
  const before = await ring.assertEpochs();
  const began = !before || !(await isEpochUnfinished({ ring, epochs }));
  if (began) await epochs.begin(before?.id ?? 0);
  else await epochs.sync();
  const epoch = (await epochs.newest())?.id ?? 0;
  await onStep('begun');

  await ring.reload();
  while ((ring.currentEpoch() ?? 0) < epoch) await ring.addKeyEncryptionKey();
  await onStep('key-added');

  const { rewrapped } = await moveToNewestKey(ring, {
    onOwnKeys: () => onStep('own-keys-rewrapped'),
    async onBatch(done) {
      progress(done);
      await onStep('batch-rewrapped');
    },
  });
  await onStep('data-keys-rewrapped');
  await store.purgeRemoved();
  await onStep('old-keys-removed');

  // Asked of the store itself: a secret under which anything is left is not destroyed, whatever happened.
  const used = await ring.epochsInUse();
  const oldest = Math.min(...used.map((each) => each ?? 0));
  const destroyed = await epochs.destroyBefore(Math.min(epoch, oldest), () =>
    onStep('copy-destroyed')
  );
  await onStep('destroyed');
  return { epoch, keyId: ring.currentKeyEncryptionKey(), rewrapped, began, destroyed };
}
