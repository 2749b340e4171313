import type { CustomerClass, RetentionEvent } from './vocabulary';
import type { LocalText } from './types';
import type { Category, Level } from './vocabulary';

/** Who sees the clear value of an attribute by a standing permission. */
export interface Revealer {
  kind: 'admin-role' | 'api-role' | 'api-token';
  name: string;
  conditions: string[];
}

export interface MappedAttribute {
  name: string;
  category: Category | null;
  level: Level | null;
  /** Of protected attributes: the kind of value. */
  kind: string | null;
  ambient: boolean;
  controlled: boolean;
  purposes: Array<{ code: string; name: LocalText; legalBasis: string }>;
  retention: Array<{
    code: string;
    category: Category | 'all';
    event: RetentionEvent;
    customerClass: CustomerClass | 'all';
    purpose?: string;
    atMostMonths?: number;
    atLeastMonths?: number;
  }>;
  revealedBy: Revealer[];
}

export interface MappedType {
  uid: string;
  displayName: string;
  attributes: MappedAttribute[];
}

/** `GET /data-map`: what is held of customers, from the running application. */
export interface DataMap {
  types: MappedType[];
}
