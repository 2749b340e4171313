import type { ApprovalFacts, Level } from '../policy';

/** What of a request's facts its steps keep: it was true when the chain was made of it. */
export interface Marks {
  /** The highest level among the attributes. */
  sensitivity: Level | null;
  keyCustomer: boolean | null;
  ownership: 'own' | 'other' | null;
}

export const marksOf = ({ sensitivity, keyCustomer, ownership }: Marks | ApprovalFacts): Marks => ({
  sensitivity,
  keyCustomer,
  ownership,
});
