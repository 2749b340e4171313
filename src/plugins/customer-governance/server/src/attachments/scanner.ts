import { once } from 'node:events';
import { PassThrough, Transform } from 'node:stream';
import { errors } from '@strapi/utils';
import { Refused } from './refused';

/** Looks at content for what is harmful. Whatever it throws counts as not looked at, and so as refused. */
export type Scan = (content: AsyncIterable<Buffer>) => Promise<'clean' | 'infected'>;

const INFECTED =
  'The virus scanner found something harmful in this file, so it was not taken in. Have the sender check their computer.';
const SILENT =
  'The virus scanner could not look at this file, so it was not taken in. Try again later, or tell the administrator.';

/**
 * Has content looked at while it flows by. The flow ends only once the scanner has found it clean; so what is written
 * behind it is never whole before.
 */
export function scanning(scan: Scan): Transform {
  const copy = new PassThrough();
  copy.on('error', () => undefined);
  let settled = false;
  const verdict = Promise.resolve()
    .then(() => scan(copy as AsyncIterable<Buffer>))
    .finally(() => {
      settled = true;
      copy.destroy();
    });
  verdict.catch(() => undefined);

  const judge = async (): Promise<void> => {
    let found: string;
    try {
      found = await verdict;
    } catch {
      throw new Refused('scanner', new errors.ApplicationError(SILENT));
    }
    if (found !== 'clean') throw new Refused('infected', new errors.ApplicationError(INFECTED));
  };
  const give = async (chunk: Buffer): Promise<void> => {
    if (!settled && !copy.write(chunk)) {
      await Promise.race([once(copy, 'drain'), verdict]).catch(() => undefined);
    }
    // A scanner may have seen enough before the end.
    if (settled) await judge();
  };

  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      give(chunk).then(() => callback(null, chunk), callback);
    },
    flush(callback) {
      copy.end();
      judge().then(() => callback(), callback);
    },
    destroy(error, callback) {
      copy.destroy(error ?? new Error('The content was cut off.'));
      callback(error);
    },
  });
}
