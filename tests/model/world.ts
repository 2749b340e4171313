import type {
  Attribute,
  Company,
  Decision,
  DepartmentState,
  GrantChange,
  PersonState,
  Wish,
} from './company';

/** A step as it is stored; people by their place in the company. */
export interface SeenStep {
  id: number;
  round: number;
  stage: number;
  role: string;
  state: string;
  may: number[];
  decidedBy: number | null;
  onBehalfOf: number | null;
  due: boolean;
  escalated: boolean;
}

/** A request as it is stored, with the steps of all its rounds. */
export interface SeenRequest {
  state: string;
  steps: SeenStep[];
  grant: { state: string; reveals: number } | null;
}

/**
 * What people can do, in whichever application stands behind it. Everything that is asked of the product answers whether it
 * was accepted; everything else happens.
 */
export interface World {
  /** Begins with this company, at noon of some day. */
  begin(company: Company): Promise<void>;

  /** @returns the documentId of the request, or `null` when it was refused. */
  submit(by: number, wish: Wish): Promise<string | null>;
  amend(by: number, request: string, wish: Wish): Promise<boolean>;
  withdraw(by: number, request: string): Promise<boolean>;
  decide(by: number, step: number, decision: Decision): Promise<boolean>;
  changeGrant(by: number, request: string, change: GrantChange): Promise<boolean>;
  /** Whether the person is shown the attribute of the record. */
  read(by: number, record: number, attribute: Attribute, purpose: number): Promise<boolean>;

  setPerson(person: number, to: Partial<PersonState>): Promise<void>;
  setDepartment(department: number, to: Partial<DepartmentState>): Promise<void>;
  setPurpose(purpose: number, active: boolean): Promise<void>;
  /** Gives a consent that was withdrawn, or withdraws the one that stands. */
  setConsent(record: number, purpose: number, given: boolean): Promise<void>;
  /** Somebody is away from `inDays` on, for so many days. */
  addAbsence(person: number, deputy: number | null, inDays: number, days: number): Promise<void>;
  pass(days: number): Promise<void>;
  runDeadlines(): Promise<void>;
  runGrantEnds(): Promise<void>;

  see(request: string): Promise<SeenRequest>;
}

/** An account of the panel without a staff profile. */
export const STRANGER = -1;
