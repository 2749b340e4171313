import { errors } from '@strapi/utils';
import type { Problem } from './decision';

export const conflict = (message: string) =>
  new errors.ApplicationError(message, { reason: 'state' });

export const notThere = () =>
  new errors.NotFoundError('There is no such customer, or not one that you may see.');

/** What is wrong, each path named once: what is required of a file may be needed for its number as well. */
export function refusal(problems: readonly Problem[]) {
  const first = new Map<string, Problem>();
  for (const problem of problems) {
    const name = problem.path.join('.');
    if (!first.has(name)) first.set(name, problem);
  }
  const list = [...first].map(([name, { path, reason }]) => ({
    path,
    message: `${name}: ${reason}`,
    name: 'ValidationError',
  }));
  return new errors.ValidationError(list.map(({ message }) => message).join('; '), {
    errors: list,
  });
}

/** Why one of several was not decided; anything else is no answer, and stops them all. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof errors.ApplicationError || error instanceof errors.ForbiddenError;
