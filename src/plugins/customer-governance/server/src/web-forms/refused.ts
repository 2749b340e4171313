/** A refusal with a status that Strapi's own errors have not, in the shape that they have. */
export class Refused extends Error {
  constructor(
    readonly status: 403 | 409 | 411 | 413 | 415 | 422 | 429,
    readonly title: string,
    message: string,
    /** Seconds after which it is worth another try. */
    readonly retryAfter?: number
  ) {
    super(message);
    this.name = title;
  }
}

interface Context {
  status?: number;
  body?: unknown;
  set(header: string, value: string): void;
}

/** Answers a refusal in the form of the content API's other errors. */
export function answerRefusal(ctx: Context, { status, title, message, retryAfter }: Refused): void {
  if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: title, message, details: {} } };
}
