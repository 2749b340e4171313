import type { Core } from '@strapi/strapi';
import { vaultOf } from '../vault/vault';
import { accessOf } from './access';

/** A protected value that somebody sent, and the mask that the record has. */
export interface SentValue {
  uid: string;
  documentId: string | null;
  attribute: string;
  mask: unknown;
  value: unknown;
}

/**
 * Whether a protected value is the stored one in clear: forms that show it in clear send it back so. Most that are not
 * have another mask already; the vault says of the others. Only who may see the value is told so: to anybody else, being
 * accepted where another value is refused would confirm a guess.
 */
export async function isStoredInClear(strapi: Core.Strapi, sent: SentValue): Promise<boolean> {
  const { uid, documentId, attribute, mask, value } = sent;
  const kind = vaultOf(strapi).protectedAttributes(uid)[attribute];
  if (!kind || !documentId || typeof mask !== 'string' || typeof value !== 'string') return false;
  const parsed = kind.parse(value);
  if (!parsed.ok || kind.mask(parsed.value) !== mask) return false;
  if (!(await accessOf(strapi).maySee(uid, documentId, attribute))) return false;
  return vaultOf(strapi).holds(uid, documentId, attribute, value);
}
