import type { Row } from '../../support/retention';

/**
 * What an order does to a customer: it goes as a whole, loses an attribute, is held and stays though it is listed, or is in
 * no order at all.
 */
export type Fate = 'goes' | 'loses' | 'held' | 'stays';

export interface ModelCustomer extends Pick<Row, 'id' | 'documentId'> {
  number: number;
  fate: Fate;
  contacts: string[];
  consents: string[];
  attachments: string[];
}

export interface ModelOrder {
  documentId: string;
  /** `null`: whole customers go. */
  attributes: string[] | null;
  customers: ModelCustomer[];
  /** Whether something is to be destroyed by hand, so that the application does not end the order by itself. */
  byHand: boolean;
}

/** What there is before the orders are carried out, and what is to become of it. */
export interface Model {
  orders: ModelOrder[];
  /** Those of the orders, and some that are in none. */
  customers: ModelCustomer[];
}

/** What was entered for the customer of a number. */
export const valuesOf = (number: number) => ({
  name: `张${[...String(number)].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('')}`,
  mobile: `139${String(50_000_000 + number)}`,
  residentId: residentId(number),
});

export const LOST = 'residentId';
export const CONTACT_MOBILES = ['13700137001', '13700137002'];

/** A number of an identity card with its check digit. */
function residentId(number: number): string {
  const body = `11010519491231${String(number % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + '10X98765432'[sum % 11];
}
