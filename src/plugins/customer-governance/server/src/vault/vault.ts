import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { actorOf } from '../organisation/actor';
import { openUnder, SealBroken } from './cipher';
import { createEpochs, type Epochs } from './epochs';
import { createEpochStore } from './epochs-store';
import { protectedAttributesOf } from './field';
import { attributesOfTombstone, createKeyStore, type KeyStore } from './key-store';
import { WHOLE } from './key-store-tables';
import { createKeyring, KeyStoreRefused, STORE_ID, type Keyring } from './keyring';
import { createSealedFiles } from './files';
import { createIdentities, type Claim, type ClearValues, type IdentityRules } from './identities';
import { openChange, type ChangedValues } from './changed-values';
import { keyPlaces } from './key-places';
import type { Kind } from './kinds';
import type { ChangeGuard } from './guards';
import { askBeforeKeysGo, keptKeys, type KeyKeeper } from './held-keys';
import { BINDING_TABLE } from './models';
import { createPendingValues } from './pending';
import { environmentRootKey } from './root-key';
import { createRenewal } from './renewal';
import { createSealedRecords } from './sealed-records';
import { planNew, planSealing } from './sealing';
import { createSealingThread } from './sealing-thread/thread';

export type { PlainValues } from './sealed-records';

/** At most so many records answer one look-up: an exact value that fits more is not a look-up but a list. */
const LOOKUP_LIMIT = 100;

/** Seals, opens and finds protected values. `unseal` is called by access and retention alone; a lint rule keeps it so. */
export function vaultService({ strapi }: { strapi: Core.Strapi }) {
  let governed: Map<string, Record<string, Kind>> | undefined;
  let store: KeyStore | undefined;
  let ring: Keyring | undefined;
  let epochs: Epochs | undefined;

  const keyring = (): Keyring => {
    if (!ring) throw new KeyStoreRefused('The key store is not open yet.');
    return ring;
  };
  const thread = createSealingThread(
    () => threadFileOf(strapi),
    (problem) =>
      strapi.log.warn(
        `The thread that seals imports ended (${problem}). They go on without it, and slower.`
      )
  );
  const records = createSealedRecords(strapi, keyring, thread);
  const guards: ChangeGuard[] = [];
  let identityRules: IdentityRules | undefined;
  let isShut = false;
  const keepers: KeyKeeper[] = [];
  const identities = createIdentities(strapi, keyring, () => identityRules);
  const files = createSealedFiles(records, keyring);

  const governedMap = () => {
    governed ??= new Map(
      Object.values(strapi.contentTypes)
        .map((type) => [type.uid as string, protectedAttributesOf(type)] as const)
        .filter(([, attributes]) => Object.keys(attributes).length > 0)
    );
    return governed;
  };

  const claimsOfNew = (uid: string, data: ClearValues): Claim[] => {
    const kinds = governedMap().get(uid) ?? {};
    const { values } = planNew(kinds, data as Record<string, unknown>);
    const clear: Record<string, unknown> = { ...data };
    for (const name of Object.keys(kinds)) clear[name] = values[name];
    return identities.claimsOf(uid, clear);
  };

  return {
    records,
    /** Values that requests propose. */
    pending: createPendingValues(strapi, keyring, records),
    /** By what records are known again. */
    identities,
    /** Says by what records are known again. */
    setIdentityRules(rules: IdentityRules): void {
      identityRules = rules;
    },
    /** Takes single attributes away from records for good. */
    renewal: createRenewal(strapi, keyring, identities),
    keyring,
    /** Who is asked before a stored value becomes another one. */
    guards: guards as readonly ChangeGuard[],
    /** Has `guard` asked before stored values of governed records are changed, whichever way the write came. */
    guardChanges(guard: ChangeGuard): void {
      guards.push(guard);
    },
    /** Has `keeper` asked before keys of records are destroyed, on whatever path. */
    keepKeys(keeper: KeyKeeper): void {
      keepers.push(keeper);
    },
    /** Of these records, those whose keys must stay. */
    keptKeys: (uid: string, documentIds: readonly string[]) => keptKeys(keepers, uid, documentIds),
    keyStore: (): KeyStore => {
      if (!store) throw new KeyStoreRefused('The key store is not open yet.');
      return store;
    },

    /** What the key store, and with it this installation, is called: random, and made once. */
    async storeId(): Promise<string> {
      return String(await this.keyStore().meta(STORE_ID));
    },

    /** Opens no value for anybody, until `reopen`: what was destroyed may have come back. */
    shut(): void {
      isShut = true;
    },
    reopen(): void {
      isShut = false;
    },
    isShut: (): boolean => isShut,

    epochs: (): Epochs => {
      if (!epochs) throw new KeyStoreRefused('The key store is not open yet.');
      return epochs;
    },

    /** Opens the key store and binds it to this data. @throws KeyStoreRefused, having changed nothing. */
    async start(): Promise<void> {
      const places = keyPlaces(strapi);
      const root = environmentRootKey(places.root);
      store = askBeforeKeysGo(createKeyStore(places.store), keepers);
      epochs = createEpochs({
        primary: createEpochStore(places.epochs),
        copy: places.copy && createEpochStore(places.copy),
      });
      ring = createKeyring({ store, root, epochs });
      const expected = await boundStore(strapi);
      try {
        const id = await ring.start(expected);
        if (!expected) await bindNewStore(strapi, id, ring.currentKeyEncryptionKey());
        await tellRecovered(strapi, ring.recovered);
        if (epochs.copyState() === 'failed') {
          strapi.log.warn(
            'The copy of the epoch store (GOVERNANCE_EPOCHS_COPY) cannot be reached. No key epoch ends before it can.'
          );
        }
      } catch (error) {
        await this.stop();
        if (error instanceof KeyStoreRefused) throw error;
        const reason = (error as { code?: string }).code ?? 'it answered with an error';
        throw new KeyStoreRefused(
          `The key store cannot be opened (${reason}). The data was left as it is. ` +
            'See that GOVERNANCE_KEYS_FILENAME or GOVERNANCE_KEYS_URL names the key store of this data and that it is whole.'
        );
      }
    },

    async stop(): Promise<void> {
      await thread.stop();
      await store?.destroy();
      await epochs?.close();
      store = undefined;
      epochs = undefined;
      ring = undefined;
    },

    /** Types with protected attributes, and their attributes with kinds. */
    governed: governedMap,
    isGoverned: (uid: string) => governedMap().has(uid),
    protectedAttributes: (uid: string): Record<string, Kind> => governedMap().get(uid) ?? {},

    /** Seals records that are about to be written, beside whatever else is done. See `records.sealAhead`. */
    sealAhead(uid: string, coming: ReadonlyArray<{ documentId: string; data: ClearValues }>) {
      const attributes = governedMap().get(uid) ?? {};
      return records.sealAhead(
        uid,
        coming.map(({ documentId, data }) => ({
          documentId,
          data,
          plan: planNew(attributes, data as Record<string, unknown>),
        })),
        attributes
      );
    },

    /**
     * Opens protected attributes of many records in one batch.
     * @returns by documentId; a record whose key was destroyed, or that has no such value, is left out.
     */
    unseal(uid: string, documentIds: readonly string[], attributes: string[]) {
      return records.openMany(uid, documentIds, attributes);
    },

    /**
     * Opens the old and new values that an entry of the log holds of a record.
     * @returns `null` when the record's key was destroyed, or the one that it had when the entry was written.
     */
    async unsealChange(uid: string, id: string, sealed: string): Promise<ChangedValues | null> {
      const [next, current] = await keyring().bothKeys(uid, [id]);
      const keys = [current.get(id), next.get(id)].filter((key) => key !== undefined);
      if (keys.length === 0) return null;
      try {
        return openUnder(keys, (key) => openChange(uid, id, key, sealed));
      } catch (error) {
        // Under a key that went with single attributes of the record; else somebody has altered it.
        const renewed = (await this.keyStore().attributeTombstones(uid, [id])).length > 0;
        if (error instanceof SealBroken && renewed) return null;
        throw error;
      }
    },

    /** Sealing of files that are to hang on records. */
    files: { prepare: files.prepare, release: files.release, seal: files.seal },

    /** Opens a file that hangs on a protected attribute of a record. @throws ApplicationError when it does not open. */
    unsealFile: files.open,

    /** Which protected attributes the records have a value for. */
    presence: (uid: string, documentIds: readonly string[]) => records.presence(uid, documentIds),

    /**
     * The records whose attribute equals `value` under `transform`, found by blind index.
     * @throws ValidationError when the attribute has no such look-up or the value is not of its kind.
     */
    async lookup(uid: string, attribute: string, value: string, transform = 'exact') {
      const kind = governedMap().get(uid)?.[attribute];
      if (!kind || !Object.hasOwn(kind.transforms, transform)) {
        throw new errors.ValidationError(
          `${attribute} has no look-up "${transform}". Look-ups: ${lookupsOf(governedMap().get(uid) ?? {})}`
        );
      }
      if (transform !== 'exact') {
        return records.find(
          uid,
          attribute,
          transform,
          value.normalize('NFKC').trim(),
          LOOKUP_LIMIT
        );
      }
      const parsed = kind.parse(value);
      if (!parsed.ok) throw new errors.ValidationError(`${attribute}: ${parsed.message}`);
      const transformed = kind.transforms.exact?.(parsed.value) ?? parsed.value;
      return records.find(uid, attribute, transform, transformed, LOOKUP_LIMIT);
    },

    /**
     * By what a record will be known once `data` is written: digests alone leave the vault. What is not of its kind is left
     * out; whoever writes it is refused.
     * @param stored the record as it is, with masks; `null` for a new one.
     */
    async claimsAfter(
      uid: string,
      data: ClearValues,
      stored: (Readonly<Record<string, unknown>> & { documentId: string }) | null
    ): Promise<Claim[]> {
      const kinds = governedMap().get(uid) ?? {};
      const names = Object.keys(kinds);
      if (!stored) return claimsOfNew(uid, data);
      const id = stored.documentId;
      const current = (await records.openMany(uid, [id], names)).get(id) ?? {};
      const masks = stored as Readonly<Record<string, unknown>> as Record<string, string | null>;
      const { values } = planSealing(kinds, { ...data }, masks, current);
      const unsealed = Object.fromEntries(names.map((name) => [name, values[name]]));
      return identities.claimsOf(uid, { ...stored, ...data, ...unsealed });
    },

    /** The same of a new record. */
    claimsOfNew,

    /** Whether the record's value is this one, given in any form of its kind. Only the answer leaves the vault. */
    async holds(uid: string, documentId: string, attribute: string, value: string) {
      const parsed = governedMap().get(uid)?.[attribute]?.parse(value);
      if (!parsed?.ok) return false;
      const opened = await records.openMany(uid, [documentId], [attribute]);
      return opened.get(documentId)?.[attribute] === parsed.value;
    },

    /**
     * Destroys the keys of records of several types in one transaction of the key store. From then on the values are gone,
     * whatever happens; the tombstones make a restored backup give them up again. The rows are the caller's concern.
     * @param orderNumber empty where somebody removed them without an order.
     * @param attributes what is gone of records that stay; all of them where it is left out.
     */
    async destroyKeys(
      records: ReadonlyMap<string, readonly string[]>,
      orderNumber: string,
      at: Date,
      attributes?: readonly string[]
    ): Promise<void> {
      await this.keyStore().destroyDataKeys(
        [...records].flatMap(([uid, documentIds]) =>
          documentIds.map((id) => ({
            record_type: uid,
            document_id: id,
            attributes: attributes ? attributesOfTombstone(attributes) : WHOLE,
            order_number: orderNumber,
            destroyed_at: at.toISOString(),
          }))
        )
      );
    },

    async removeKeys(uid: string, documentIds: readonly string[]): Promise<void> {
      await this.keyStore().removeDataKeys(uid, documentIds);
    },
  };
}

export type VaultService = ReturnType<typeof vaultService>;
export type { Kind };

export const vaultOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('vault') as VaultService;

const BINDING = { name: 'key-store' };

/** The build puts it beside the plugin's own code. */
function threadFileOf(strapi: Core.Strapi): string {
  const plugins = strapi.config.get('enabledPlugins') as Record<string, { pathToPlugin: string }>;
  return path.join(plugins[PLUGIN].pathToPlugin, 'dist/sealing-thread/main.mjs');
}

async function boundStore(strapi: Core.Strapi): Promise<string | undefined> {
  const row = await (await tablesOf(strapi))(BINDING_TABLE).where(BINDING).first();
  return row?.store_id;
}

/** Another instance that starts at the same moment may be first; then it has written the entry. */
const bindNewStore = (strapi: Core.Strapi, storeId: string, keyId: number): Promise<void> =>
  inTransaction(strapi, async () => {
    const bound = await (
      await tablesOf(strapi)
    )(BINDING_TABLE)
      .insert({ ...BINDING, store_id: storeId })
      .onConflict('name')
      .ignore()
      .returning('id');
    if (bound.length === 0) return;
    await actorOf(strapi).asSystem('application', () =>
      auditOf(strapi).append({ action: 'vault.create', details: { keyId } })
    );
  });

/** The epoch store had lost secrets, and the copy has them. */
async function tellRecovered(strapi: Core.Strapi, recovered: readonly number[]): Promise<void> {
  if (recovered.length === 0) return;
  strapi.log.warn(
    `The epoch store had lost the secrets of key epochs ${recovered.join(', ')}; they were put back from its copy.`
  );
  await actorOf(strapi).asSystem('application', () =>
    auditOf(strapi).append({
      action: 'vault.epoch-recover',
      details: { count: recovered.length, epoch: Math.max(...recovered) },
    })
  );
}

function lookupsOf(attributes: Record<string, Kind>): string {
  return Object.entries(attributes)
    .flatMap(([name, kind]) => Object.keys(kind.transforms).map((t) => `${name} (${t})`))
    .join(', ');
}
