/** The companies, rules and wishes of the model: small enough to be random, and with every shape that decides anything. */

export const PURPOSES = [
  { code: 'model-contract', legalBasis: 'contract' },
  { code: 'model-consent', legalBasis: 'consent' },
] as const;
/** Attributes of customers, with the level that the policy gives them. */
export const ATTRIBUTES = { email: 'personal', residentId: 'sensitive' } as const;
export type Attribute = keyof typeof ATTRIBUTES;

export const LEVELS = ['staff', 'supervisor', 'head', 'leadership'] as const;
export const FUNCTIONS = ['business', 'information', 'legal', 'leadership'] as const;
/** A role of the panel that rules name. Every third person has it. */
export const COUNSEL = 'Model counsel';
export const isCounsel = (person: number) => person % 3 === 2;
export const staffNumberOf = (person: number) => `M${person}`;
export const departmentCodeOf = (department: number) => `M${department}`;

/** People, departments and records are named by their place in the list. */
export interface PersonState {
  level: (typeof LEVELS)[number];
  department: number | null;
  superior: number | null;
  deputy: number | null;
  active: boolean;
  accessSuspended: boolean;
}
export interface DepartmentState {
  function: (typeof FUNCTIONS)[number];
  parent: number | null;
  head: number | null;
}
export interface RecordState {
  owner: number | null;
  keyCustomer: boolean;
}
export interface Company {
  people: PersonState[];
  departments: DepartmentState[];
  records: RecordState[];
}
export const SIZE = { people: 7, departments: 3, records: 3 } as const;

export interface Rule {
  code: string;
  when: {
    kind: 'use';
    sensitivity?: 'personal' | 'sensitive';
    keyCustomer?: boolean;
    ownership?: 'own' | 'other';
    records?: { min: number };
    recipient?: Recipient;
    department?: string;
  };
  steps: Array<string | string[]>;
}

export type Recipient = 'self' | 'colleagues' | 'third-party';
export interface Wish {
  records: number[];
  attributes: Attribute[];
  purpose: number;
  termDays: number;
  revealLimit: number | null;
  recipient: Recipient;
  draft: boolean;
}

export type Decision = 'approve' | 'reject' | 'return';
export type GrantChange = 'revoke' | 'suspend' | 'resume';
