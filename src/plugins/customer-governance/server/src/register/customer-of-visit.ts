import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { duplicatesOf } from '../customers/duplicates/duplicates';
import { ownershipOf } from '../customers/ownership/ownership';
import { CUSTOMER } from '../policy/attribute-path';
import { planSealing } from '../vault/sealing';
import { vaultOf } from '../vault/vault';
import type { VisitKind } from './models';

/** What a visitor leaves of themselves, by attribute of the customer. */
export type Details = Readonly<Record<string, string>>;

export interface Found {
  /** documentId of the customer. */
  customer: string;
  /** Whether it was on file before. */
  known: boolean;
}

interface Circumstances {
  kind: VisitKind;
  at: Date;
  source: string | null;
  region: string | null;
  departmentId: number | null;
}

interface Documents {
  create(params: { data: Record<string, unknown> }): Promise<{ documentId: string }>;
}

/** The file that these details are of already, or `null`. The look-up is counted and logged. */
export async function onFile(strapi: Core.Strapi, details: Details): Promise<string | null> {
  const plan = planSealing(vaultOf(strapi).protectedAttributes(CUSTOMER), { ...details });
  // What is wrong with them the entry itself will say.
  if (plan.problems.length > 0) return null;
  const values = { kind: 'person', ...details, ...plan.values };
  const { duplicates } = await duplicatesOf(strapi).check(CUSTOMER, values);
  if (duplicates.length === 0) return null;
  const [found = []] = await duplicatesOf(strapi).findMany([{ uid: CUSTOMER, values }]);
  return found[0]?.documentId ?? null;
}

/**
 * Makes a customer of the details, by the gate of every entry and for nobody: whose it is, is decided next.
 * @throws ValidationError with everything that is wrong, each attribute named.
 */
export async function enterCustomer(
  strapi: Core.Strapi,
  details: Details,
  { kind, at, source, region, departmentId }: Circumstances
): Promise<string> {
  const documents = strapi.documents(CUSTOMER as never) as unknown as Documents;
  const { documentId } = await ownershipOf(strapi).leftOpen(() =>
    documents.create({
      data: {
        ...details,
        source,
        method: kind === 'online' ? 'online' : 'direct',
        firstContactAt: at.toISOString(),
        ...(region === null ? {} : { region }),
        ...(departmentId === null ? {} : { department: departmentId }),
      },
    })
  );
  return documentId;
}

/** Whether an entry was refused because the customer is on file: of two at once one finds the other. */
export function isDuplicate(error: unknown): boolean {
  if (!(error instanceof errors.ValidationError)) return false;
  const { errors: problems = [] } = (error.details ?? {}) as {
    errors?: Array<{ duplicate?: object }>;
  };
  return problems.length > 0 && problems.every(({ duplicate }) => duplicate !== undefined);
}
