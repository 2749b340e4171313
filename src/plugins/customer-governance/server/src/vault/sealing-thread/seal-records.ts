import { createSecretKey } from 'node:crypto';
import { blindIndex, KEY_BYTES, seal } from '../cipher';
import { dataKeyUse, sealedPlace } from '../places';

/** New records of one type, with everything that it takes to seal them. Nothing but plain values: it goes to a thread. */
export interface SealingJob {
  type: string;
  documentIds: readonly string[];
  /** Of each record, attributes and their values. */
  values: ReadonlyArray<Readonly<Record<string, string>>>;
  /** Of each record, what it can be looked up by: the place of the key in `indexKeys`, and the text. */
  lookups: ReadonlyArray<ReadonlyArray<readonly [key: number, text: string]>>;
  indexKeys: readonly Uint8Array[];
  /** The data keys, one behind the other. */
  keys: Uint8Array;
  /** The key-encryption key that wraps the data keys. */
  wrapUnder: Uint8Array;
}

/** In the order of the records. */
export interface SealedJob {
  payloads: string[];
  digests: string[][];
  wrapped: Uint8Array[];
}

/** The sealed values of one record, as its row has them. */
export function sealValues(
  type: string,
  documentId: string,
  key: Uint8Array,
  values: Readonly<Record<string, string>>
): string {
  const payload: Record<string, string> = {};
  const secret = createSecretKey(key);
  for (const attribute of Object.keys(values)) {
    const plain = Buffer.from(values[attribute] as string, 'utf8');
    payload[attribute] = seal(secret, plain, sealedPlace(type, documentId, attribute)).toString(
      'base64'
    );
  }
  return JSON.stringify(payload);
}

/** Seals records, wraps their keys and reckons the digests of their look-ups. It needs nothing but the processor. */
export function sealRecords(job: SealingJob): SealedJob {
  const { type, documentIds, values, lookups, keys } = job;
  const indexKeys = job.indexKeys.map((key) => createSecretKey(key));
  const wrapUnder = createSecretKey(job.wrapUnder);
  const sealed: SealedJob = { payloads: [], digests: [], wrapped: [] };
  documentIds.forEach((documentId, at) => {
    const key = Buffer.from(keys.buffer, keys.byteOffset + at * KEY_BYTES, KEY_BYTES);
    sealed.payloads.push(sealValues(type, documentId, key, values[at] ?? {}));
    sealed.digests.push(
      (lookups[at] ?? []).map(([index, text]) =>
        blindIndex(indexKeys[index] as (typeof indexKeys)[number], text)
      )
    );
    sealed.wrapped.push(seal(wrapUnder, key, dataKeyUse(type, documentId)));
  });
  return sealed;
}
