import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf, type AuditEvent } from '../audit/audit';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import { forbidden } from '../refusal';
import { OPERATION } from './models';
import { REFUSALS, SEGREGATION, type Refusal } from './rules';

/** What was attempted, without its outcome. */
type Attempt = Omit<AuditEvent, 'outcome'>;

/** Runs an act as the product's own, in one transaction with its entry in the log. */
export function inAct<T>(strapi: Core.Strapi, work: () => Promise<T>): Promise<T> {
  return governedOperation(OPERATION, () => inTransaction(strapi, work));
}

/** A refusal for the segregation of duties, with what is to be logged of the attempt. */
class SegregationError extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly attempt: Attempt
  ) {
    super(REFUSALS[refusal]);
  }
}

/** @throws what answers the client, where the rules gave a reason. */
export function assertAllowed(refusal: Refusal | null, attempt: Attempt): void {
  if (refusal === null) return;
  if (SEGREGATION.has(refusal)) throw new SegregationError(refusal, attempt);
  if (refusal === 'permission' || refusal === 'team' || refusal === 'not-responsible') {
    throw forbidden(REFUSALS[refusal], { reason: refusal });
  }
  throw conflict(refusal);
}

/** Not possible as things stand. */
export const conflict = (refusal: Refusal) =>
  new errors.ApplicationError(REFUSALS[refusal], { reason: refusal });

/** The same, where an attempt against the segregation of duties is logged once its transaction is rolled back. */
export async function loggingRefusals<T>(strapi: Core.Strapi, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SegregationError)) throw error;
    const { refusal, attempt } = error;
    await auditOf(strapi).refused({
      ...attempt,
      details: { ...attempt.details, reason: 'segregation-of-duties' },
    });
    throw forbidden(REFUSALS[refusal], { reason: refusal });
  }
}
