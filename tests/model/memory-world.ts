import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { accessService } from '../../src/plugins/customer-governance/server/src/access/access';
import {
  endBaseless,
  narrowGrants,
  watchBasis,
} from '../../src/plugins/customer-governance/server/src/access/grant-ends';
import { grantsService } from '../../src/plugins/customer-governance/server/src/access/grants';
import {
  requestsOf,
  requestsService,
} from '../../src/plugins/customer-governance/server/src/access/requests';
import {
  approvalsOf,
  approvalsService,
} from '../../src/plugins/customer-governance/server/src/approvals/approvals';
import { workCalendar } from '../../src/plugins/customer-governance/server/src/calendar/calendar';
import {
  consentsOf,
  consentsService,
} from '../../src/plugins/customer-governance/server/src/consents/consents';
import { absencesService } from '../../src/plugins/customer-governance/server/src/organisation/absences';
import { actorService } from '../../src/plugins/customer-governance/server/src/organisation/actor';
import {
  organisationService,
  type StaffRef,
} from '../../src/plugins/customer-governance/server/src/organisation/organisation';
import {
  chainFor,
  loadPolicy,
  type ApprovalFacts,
  type ApprovalRule,
} from '../../src/plugins/customer-governance/server/src/policy';
import { grantsOf } from '../../src/plugins/customer-governance/server/src/access/grants';
import { accessOf } from '../../src/plugins/customer-governance/server/src/access/access';
import { clock } from './clock';
import {
  ATTRIBUTES,
  COUNSEL,
  isCounsel,
  PURPOSES,
  type Attribute,
  type Company,
  type Decision,
  type GrantChange,
  type Rule,
  type Wish,
} from './company';
import { MemoryDatabase, type TypeOfRow } from './memory-database';
import { DAY, StrapiWorld, uid, type Queries } from './strapi-world';

interface DepartmentRow {
  id: number;
  code: string;
  parent: { id: number } | null;
  head: { id: number } | null;
}

const USER = 'admin::user';
const ROLE = 'admin::role';
const CANDIDATES = ['stepId', 'staffId'];
const PARTICIPANTS = ['kind', 'subjectId', 'round', 'staffId'];

const TYPES: Record<string, TypeOfRow> = {
  [ROLE]: { table: 'admin_roles' },
  [USER]: { table: 'admin_users', relations: { roles: ROLE } },
  [uid('department')]: {
    table: 'governance_departments',
    relations: { parent: uid('department'), head: uid('staff-profile') },
  },
  [uid('staff-profile')]: {
    table: 'governance_staff_profiles',
    relations: {
      user: USER,
      department: uid('department'),
      superior: uid('staff-profile'),
      deputy: uid('staff-profile'),
    },
  },
  [uid('absence')]: {
    table: 'governance_absences',
    relations: { staff: uid('staff-profile'), deputy: uid('staff-profile') },
  },
  [uid('purpose')]: { table: 'governance_purposes' },
  [uid('customer')]: { table: 'governance_customers', relations: { owner: uid('staff-profile') } },
  [uid('contact')]: { table: 'governance_contacts', relations: { customer: uid('customer') } },
  [uid('attachment')]: {
    table: 'governance_attachments',
    relations: { customer: uid('customer') },
  },
  [uid('consent')]: {
    table: 'governance_consents',
    relations: { customer: uid('customer'), purpose: uid('purpose'), notice: uid('notice') },
  },
  [uid('notice')]: { table: 'governance_notices' },
  [uid('access-request')]: {
    table: 'governance_access_requests',
    relations: { requester: uid('staff-profile'), purpose: uid('purpose') },
  },
  [uid('access-grant')]: {
    table: 'governance_access_grants',
    relations: {
      request: uid('access-request'),
      holder: uid('staff-profile'),
      purpose: uid('purpose'),
    },
  },
  [uid('grant-record')]: { table: 'governance_grant_records' },
  [uid('approval-step')]: {
    table: 'governance_approval_steps',
    unique: [
      ['kind', 'subjectId', 'round', 'position'],
      ['kind', 'subjectId', 'round', 'decidedBy'],
    ],
  },
  [uid('approval-candidate')]: { table: 'governance_approval_candidates', unique: [CANDIDATES] },
  [uid('approval-participant')]: {
    table: 'governance_approval_participants',
    unique: [PARTICIPANTS],
  },
};

const POLICY = loadPolicy({ preset: 'process' });
const CALENDAR = workCalendar(POLICY.calendar);
/** Noon in Shanghai, on a Monday. */
const BEGIN = Date.parse('2026-03-02T04:00:00.000Z');

/** Reads every record, and holds Reveal over none: what is revealed, a grant opened. */
const ABILITY = {
  can: () => true,
  rulesFor: (action: string) => (action.endsWith('explorer.read') ? [{}] : []),
};

/**
 * The product's own services on a database in memory: organisation, absences, approvals, requests, grants, consents and the
 * one door out. The vault, the log and notifications are left out, and the time is that of the model's clock.
 */
export class MemoryWorld extends StrapiWorld {
  private readonly database = new MemoryDatabase(TYPES);
  private readonly strapi: Core.Strapi;
  private readonly services = new Map<string, unknown>();
  private accounts: number[] = [];
  private asking: number | null = null;

  constructor(private readonly rules: Rule[]) {
    super();
    const service = (name: string) => this.services.get(name);
    this.strapi = {
      db: this.database,
      plugin: () => ({ service }),
      config: { get: (_: string, otherwise: unknown) => otherwise },
      requestContext: { get: () => this.request() },
    } as unknown as Core.Strapi;
    this.register();
  }

  private register(): void {
    const { strapi } = this;
    const put = (name: string, service: unknown) => this.services.set(name, service);
    put('policy', {
      get: () => POLICY,
      chainFor: (facts: ApprovalFacts) => chainFor(this.rules as ApprovalRule[], facts),
      classificationOf: (_: string, attribute: Attribute) => ({ level: ATTRIBUTES[attribute] }),
      purposeView: () => null,
    });
    put('calendar', CALENDAR);
    put('audit', { append: () => Promise.resolve(), refused: () => Promise.resolve() });
    put('vault', {
      isShut: () => false,
      protectedAttributes: (type: string) => (type === uid('customer') ? ATTRIBUTES : {}),
      unseal: (_: string, ids: string[], attributes: string[]) =>
        new Map(ids.map((id) => [id, Object.fromEntries(attributes.map((name) => [name, 'x']))])),
    });
    put('actor', actorService({ strapi }));
    put('organisation', this.organisation());
    put('notifications', { announce: () => Promise.resolve(), settle: () => Promise.resolve() });
    put('absences', absencesService({ strapi }));
    put('consents', consentsService({ strapi }));
    put('approvals', approvalsService({ strapi }));
    put('grants', grantsService({ strapi }));
    put('requests', requestsService({ strapi }));
    put('access', accessService({ strapi }));
    requestsOf(strapi).register();
    watchBasis(strapi);
    consentsOf(strapi).onWithdrawn((customer, purpose) =>
      narrowGrants(strapi, customer, purpose, this.now())
    );
  }

  /** The product's, but for three answers that it has from SQL of which the database in memory has no words. */
  private organisation() {
    const service = organisationService({ strapi: this.strapi });
    const one = async (id: number | null | undefined) =>
      (await service.byIds([id ?? 0])).get(id ?? 0) ?? null;
    return {
      ...service,
      staffOf: (actor: { id: string } | null) =>
        one(this.staff[this.accounts.indexOf(Number(actor?.id))]),
      departmentHeadFor: async ({ id, departmentId }: StaffRef) => {
        for (const { head } of await this.departmentsAbove(departmentId)) {
          const found = head && head.id !== id ? await one(head.id) : null;
          if (found?.active) return found;
        }
        return null;
      },
      departmentCodesOf: async ({ departmentId }: StaffRef) =>
        (await this.departmentsAbove(departmentId)).map(({ code }) => code),
    };
  }

  /** The department and those above it, each once, also where they go round in a circle. */
  private async departmentsAbove(departmentId: number | null): Promise<DepartmentRow[]> {
    const found: DepartmentRow[] = [];
    for (let at = departmentId; at !== null && !found.some(({ id }) => id === at);) {
      const query = { where: { id: at }, populate: { parent: true, head: true } };
      const row = (await this.query('department').findOne(query)) as unknown as DepartmentRow;
      found.push(row);
      at = row.parent?.id ?? null;
    }
    return found;
  }

  private request() {
    if (this.asking === null) return undefined;
    const user = { id: this.asking };
    return { path: '/customer-governance', state: { user, userAbility: ABILITY } };
  }

  /** Whether the product let somebody do it. What is neither done nor refused is a fault. */
  private async ask<T>(by: number, work: () => Promise<T>): Promise<{ answer: T } | null> {
    this.asking = this.accounts[by] ?? 999;
    try {
      return { answer: await work() };
    } catch (error) {
      if (error instanceof errors.ApplicationError) return null;
      throw error;
    } finally {
      this.asking = null;
    }
  }

  protected query = (type: string) =>
    this.database.query(type.includes('::') ? type : uid(type)) as unknown as Queries;
  protected now = () => new Date();

  async begin(company: Company): Promise<void> {
    clock.at = BEGIN;
    const counsel = await this.query(ROLE).create({ data: { name: COUNSEL } });
    const other = await this.query(ROLE).create({ data: { name: 'Model' } });
    for (const person of company.people.keys()) {
      const data = { isActive: true, roles: [isCounsel(person) ? counsel.id : other.id] };
      this.accounts.push((await this.query(USER).create({ data })).id);
    }
    await this.createPeople(company, this.accounts);
    await this.arrange(company);
  }

  async submit(by: number, wish: Wish): Promise<string | null> {
    const { draft } = wish;
    const request = this.bodyOf(wish);
    const done = await this.ask(by, () => requestsOf(this.strapi).submit(request, { draft }));
    return done?.answer ?? null;
  }

  async amend(by: number, request: string, wish: Wish): Promise<boolean> {
    const { draft } = wish;
    const body = this.bodyOf(wish);
    return this.accepted(by, () => requestsOf(this.strapi).amend(request, body, { draft }));
  }

  withdraw(by: number, request: string): Promise<boolean> {
    return this.accepted(by, () => requestsOf(this.strapi).withdraw(request));
  }

  decide(by: number, step: number, decision: Decision): Promise<boolean> {
    return this.accepted(by, () => approvalsOf(this.strapi).decide(step, decision, 'Seen'));
  }

  async changeGrant(by: number, request: string, change: GrantChange): Promise<boolean> {
    const id = (await this.grantOf(request))?.documentId ?? '';
    return this.accepted(by, () => grantsOf(this.strapi)[change](id, 'The model', this.now()));
  }

  read(by: number, record: number, attribute: Attribute, purpose: number): Promise<boolean> {
    const documentIds = [this.documentOf(record)];
    const { code } = PURPOSES[purpose] ?? { code: '' };
    const wanted = { type: uid('customer'), documentIds, attributes: [attribute], purpose: code };
    return this.accepted(by, () => accessOf(this.strapi).reveal(wanted));
  }

  private async accepted(by: number, work: () => Promise<unknown>): Promise<boolean> {
    return (await this.ask(by, work)) !== null;
  }

  protected async withdrawConsent(documentId: string): Promise<void> {
    await consentsOf(this.strapi).withdraw(documentId);
  }

  pass(days: number): Promise<void> {
    clock.at += days * DAY;
    return Promise.resolve();
  }

  async runDeadlines(): Promise<void> {
    await approvalsOf(this.strapi).enforceDeadlines(this.now());
  }

  async runGrantEnds(): Promise<void> {
    await endBaseless(this.strapi, this.now());
  }
}
