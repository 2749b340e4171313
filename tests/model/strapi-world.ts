import type { Company, DepartmentState, PersonState } from './company';
import {
  departmentCodeOf,
  PURPOSES,
  staffNumberOf,
  type Attribute,
  type Decision,
  type GrantChange,
  type Wish,
} from './company';
import type { SeenRequest, SeenStep, World } from './world';

const GOVERNANCE = 'plugin::customer-governance.';
export const uid = (name: string) => `${GOVERNANCE}${name}`;
export const DAY = 86_400_000;

/** What the worlds use of `strapi.db.query`. */
export interface Queries {
  findMany(query: object): Promise<Array<Record<string, never>>>;
  findOne(query: object): Promise<Record<string, never> | null>;
  create(query: object): Promise<{ id: number; documentId: string }>;
  update(query: object): Promise<unknown>;
}

interface StoredGrant {
  documentId: string;
  state: string;
  reveals: number;
}

/** Everything that happens to a company, written into its tables: the same ones in memory and in a real database. */
export abstract class StrapiWorld implements World {
  protected staff: number[] = [];
  protected departments: number[] = [];
  protected customers: Array<{ id: number; documentId: string }> = [];
  protected purposes: number[] = [];

  protected abstract query(type: string): Queries;
  protected abstract now(): Date;

  abstract begin(company: Company): Promise<void>;
  abstract submit(by: number, wish: Wish): Promise<string | null>;
  abstract amend(by: number, request: string, wish: Wish): Promise<boolean>;
  abstract withdraw(by: number, request: string): Promise<boolean>;
  abstract decide(by: number, step: number, decision: Decision): Promise<boolean>;
  abstract changeGrant(by: number, request: string, change: GrantChange): Promise<boolean>;
  abstract read(
    by: number,
    record: number,
    attribute: Attribute,
    purpose: number
  ): Promise<boolean>;
  protected abstract withdrawConsent(documentId: string): Promise<void>;
  abstract pass(days: number): Promise<void>;
  abstract runDeadlines(): Promise<void>;
  abstract runGrantEnds(): Promise<void>;

  /** @param accounts the panel's account of each person. */
  protected async createPeople(company: Company, accounts: number[]): Promise<void> {
    for (const [index, { function: name }] of company.departments.entries()) {
      const data = { name: `Department ${index}`, code: departmentCodeOf(index), function: name };
      this.departments.push((await this.query('department').create({ data })).id);
    }
    for (const [index, { level }] of company.people.entries()) {
      const data = {
        displayName: `Person ${index}`,
        staffNumber: staffNumberOf(index),
        user: accounts[index],
        level,
        active: true,
      };
      this.staff.push((await this.query('staff-profile').create({ data })).id);
    }
    for (const purpose of PURPOSES) {
      const { code, legalBasis } = purpose;
      const attributes = ['customer.email', 'customer.residentId'];
      const more = { attributes, active: true, publishedAt: this.now() };
      const data = { code, name: code, legalBasis, ...more };
      this.purposes.push((await this.query('purpose').create({ data })).id);
    }
  }

  protected async arrange(company: Company): Promise<void> {
    for (const [index, department] of company.departments.entries()) {
      await this.setDepartment(index, department);
    }
    for (const [index, person] of company.people.entries()) await this.setPerson(index, person);
    for (const index of PURPOSES.keys()) await this.setPurpose(index, true);
    this.customers = [];
    for (const { owner, keyCustomer } of company.records) {
      const data = {
        kind: 'person',
        name: '王小明',
        email: 'wang@kunde.example',
        residentId: '11010519491231002X',
        owner: this.staffId(owner),
        keyCustomer,
        publishedAt: this.now(),
      };
      this.customers.push(await this.query('customer').create({ data }));
    }
    for (const record of company.records.keys()) {
      for (const purpose of PURPOSES.keys()) await this.setConsent(record, purpose, true);
    }
  }

  async setPerson(person: number, to: Partial<PersonState>): Promise<void> {
    const { department, superior, deputy, ...plain } = to;
    const data = {
      ...plain,
      ...(department === undefined ? {} : { department: this.departmentId(department) }),
      ...(superior === undefined ? {} : { superior: this.staffId(superior) }),
      ...(deputy === undefined ? {} : { deputy: this.staffId(deputy) }),
    };
    await this.query('staff-profile').update({ where: { id: this.staffId(person) }, data });
  }

  async setDepartment(department: number, to: Partial<DepartmentState>): Promise<void> {
    const { parent, head, ...plain } = to;
    const data = {
      ...plain,
      ...(parent === undefined ? {} : { parent: this.departmentId(parent) }),
      ...(head === undefined ? {} : { head: this.staffId(head) }),
    };
    await this.query('department').update({ where: { id: this.departmentId(department) }, data });
  }

  async setPurpose(purpose: number, active: boolean): Promise<void> {
    const where = { id: this.purposes[purpose] };
    await this.query('purpose').update({ where, data: { active } });
  }

  async setConsent(record: number, purpose: number, given: boolean): Promise<void> {
    if (given) {
      const data = {
        customer: this.customers[record]?.id,
        purpose: this.purposes[purpose],
        scope: 'sensitive',
        state: 'given',
        evidenceKind: 'electronic',
        evidence: 'form 1',
        noticeVersion: '1',
        givenAt: this.now(),
        publishedAt: this.now(),
      };
      await this.query('consent').create({ data });
      return;
    }
    const customer = { id: this.customers[record]?.id };
    const where = { customer, purpose: { id: this.purposes[purpose] }, state: 'given' };
    const standing = await this.query('consent').findMany({ where });
    for (const { documentId } of standing) await this.withdrawConsent(documentId);
  }

  async addAbsence(
    person: number,
    deputy: number | null,
    inDays: number,
    days: number
  ): Promise<void> {
    const from = this.now().getTime() + inDays * DAY;
    const data = {
      staff: this.staffId(person),
      deputy: this.staffId(deputy),
      startsAt: new Date(from),
      endsAt: new Date(from + days * DAY),
    };
    await this.query('absence').create({ data });
  }

  async see(request: string): Promise<SeenRequest> {
    const where = { kind: 'use', subjectId: request };
    const order = ['round', 'position'];
    // Copied, since the database's own lists come from outside of jest, and equal none of those inside.
    const rows = [...(await this.query('approval-step').findMany({ where, orderBy: order }))];
    const ids = rows.map(({ id }) => id);
    const of = { stepId: { $in: ids } };
    const named = [...(await this.query('approval-candidate').findMany({ where: of }))];
    const steps = rows.map((row): SeenStep => ({
      id: row.id,
      round: row.round,
      stage: row.stage,
      role: row.role,
      state: row.state,
      may: named.filter(({ stepId }) => stepId === row.id).map((n) => this.personOf(n.staffId)),
      decidedBy: (row.decidedBy ?? null) === null ? null : this.personOf(row.decidedBy),
      onBehalfOf: (row.onBehalfOf ?? null) === null ? null : this.personOf(row.onBehalfOf),
      due: (row.dueAt ?? null) !== null && new Date(row.dueAt) <= this.now(),
      escalated: (row.escalatedAt ?? null) !== null,
    }));
    const stored = await this.query('access-request').findOne({ where: { documentId: request } });
    const grant = await this.grantOf(request);
    return {
      state: String(stored?.state),
      steps,
      grant: grant && { state: grant.state, reveals: grant.reveals },
    };
  }

  protected async grantOf(request: string): Promise<StoredGrant | null> {
    const where = { request: { documentId: request } };
    return (await this.query('access-grant').findOne({ where })) as StoredGrant | null;
  }

  protected bodyOf(wish: Wish) {
    return {
      type: uid('customer'),
      records: wish.records.map((record) => this.documentOf(record)),
      purpose: PURPOSES[wish.purpose]?.code ?? '',
      attributes: wish.attributes,
      termDays: wish.termDays,
      revealLimit: wish.revealLimit,
      recipient: wish.recipient,
      reason: 'The model asks',
    };
  }

  protected documentOf = (record: number) => this.customers[record]?.documentId ?? '';
  private personOf = (staffId: number) => this.staff.indexOf(staffId);
  private staffId = (person: number | null) => (person === null ? null : this.staff[person]);
  private departmentId = (at: number | null) => (at === null ? null : this.departments[at]);
}
