import { errors } from '@strapi/utils';

/**
 * A refusal that says why. It is a PolicyError, which is a ForbiddenError too: of that one itself, Strapi keeps the
 * message from the client.
 */
export const forbidden = (message: string, details?: Record<string, unknown>) =>
  new errors.PolicyError(message, details);

/** What is wrong with one attribute, in Strapi's error shape. @param reason never quotes the value. */
export function invalid(attribute: string, reason: string) {
  const message = `${attribute}: ${reason}`;
  return new errors.ValidationError(message, {
    errors: [{ path: [attribute], message, name: 'ValidationError' }],
  });
}
