import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { errors } from '@strapi/utils';
import type { RequestContext } from '../domain';

/** A request whose body is a file: it is read as it comes in, past the parsers. */
export interface FileContext extends RequestContext {
  req: IncomingMessage;
  res: ServerResponse;
  is(type: string): string | false | null;
  set(headers: Record<string, string>): void;
  length?: number;
}

export const CUT_OFF = 'The upload was cut off, so nothing was taken in. Send the file again.';

/** What Strapi's parsers know they have read already: into memory, or a form's files onto the disk. */
export function assertRaw(ctx: FileContext): void {
  if (ctx.is('application/octet-stream')) return;
  throw new errors.ValidationError(
    'Send the file itself as the body, with the content type application/octet-stream, not in a form.'
  );
}

/** The body of a request. Letting go of it halfway, for an error too, leaves the connection open for the answer. */
export function contentOf(request: IncomingMessage): Readable {
  async function* pieces() {
    for await (const piece of request.iterator({ destroyOnReturn: false })) yield piece as Buffer;
  }
  return Readable.from(pieces(), { objectMode: false });
}
