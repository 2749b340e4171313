import { isFetchError } from '@strapi/strapi/admin';

/** What went wrong, ready to be shown; `message` is null where the server gave none. */
export interface Failure {
  message: string | null;
  status: number | undefined;
}

interface ErrorDetails {
  errors?: { message?: string }[];
}

const detailMessages = (details: unknown): string[] => {
  const errors = (details as ErrorDetails | undefined)?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error) => (error.message ? [error.message] : []));
};

/** True for a request that was given up on purpose, which nobody needs to hear of. */
export const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';

/** Reads Strapi's error shape; anything else (network down, HTML answer) has no message of its own. */
export const readFailure = (error: unknown): Failure => {
  if (!isFetchError(error)) return { message: null, status: undefined };
  const messages = [...new Set(detailMessages(error.response?.data.error.details))];
  return {
    message: messages.length > 0 ? messages.join('\n') : error.message || null,
    status: error.status,
  };
};
