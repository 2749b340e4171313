import type { Core } from '@strapi/strapi';
import { CUSTOMER } from '../policy/attribute-path';
import { vaultOf } from '../vault/vault';

const BIRTH = 'birthDate';

/** Whether somebody who was born on a day is younger than so many years on another, both as `YYYY-MM-DD`. */
export function isYounger(bornOn: string, years: number, today: string): boolean {
  const [year = '', ...rest] = bornOn.split('-');
  return `${String(Number(year) + years).padStart(4, '0')}-${rest.join('-')}` > today;
}

/**
 * Whether a customer is known to be under so many years of age: nobody sees the date for it, and nothing but yes or no leaves.
 * Of whom no birth date is known, nothing is known.
 */
export async function isUnderAge(
  strapi: Core.Strapi,
  customerDocumentId: string,
  years: number,
  today: string
): Promise<boolean> {
  if (years === 0) return false;
  const values = await vaultOf(strapi).unseal(CUSTOMER, [customerDocumentId], [BIRTH]);
  const bornOn = values.get(customerDocumentId)?.[BIRTH];
  return typeof bornOn === 'string' && isYounger(bornOn, years, today);
}
