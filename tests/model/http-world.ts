import assert from 'node:assert/strict';
import type { BootedApp } from '../support/app';
import {
  CONTACT,
  createRole,
  createUser,
  CUSTOMER,
  fieldsOf,
  signIn,
  type Answer,
} from '../support/company';
import {
  COUNSEL,
  isCounsel,
  PURPOSES,
  type Attribute,
  type Company,
  type Decision,
  type GrantChange,
  type Wish,
} from './company';
import { DAY, StrapiWorld, uid, type Queries } from './strapi-world';

const PANEL = '/customer-governance';
const GOVERNANCE = 'plugin::customer-governance.';
const ACTIONS = ['access.request', 'access.revoke', 'approvals.decide'];
/** The days that pass lie in the past afterwards: of every row, these moments. */
const MOMENTS = {
  'access-grant': ['startsAt', 'endsAt'],
  'approval-step': ['dueAt', 'escalatedAt'],
  absence: ['startsAt', 'endsAt'],
};

type Caller = Awaited<ReturnType<typeof signIn>>;

/** The booted application, asked over HTTP by people who are signed in. */
export class HttpWorld extends StrapiWorld {
  private callers: Caller[] = [];
  private readonly further = new Map<number, Caller>();
  private turn = 0;
  private stranger: Caller | undefined;

  constructor(private readonly app: BootedApp) {
    super();
  }

  /** Signs everybody in. The people stay; `begin` makes another company of them. */
  async open(company: Company): Promise<void> {
    const { app } = this;
    // What runs by itself would run unseen by the model.
    app.strapi.cron.stop();
    const permissions = [
      ...[CUSTOMER, CONTACT].map((subject) => ({
        action: 'plugin::content-manager.explorer.read',
        subject,
        fields: fieldsOf(app.strapi, subject),
      })),
      ...ACTIONS.map((action) => ({ action: GOVERNANCE + action })),
    ];
    const counsel = await createRole(app.strapi, COUNSEL, permissions);
    const other = await createRole(app.strapi, 'Model', permissions);
    const account = async (name: string, role: number) => {
      const user = await createUser(app.strapi, name, role);
      return { id: user.id, caller: await signIn(app, user.email) };
    };
    this.stranger = (await account('stranger', other)).caller;
    const ids: number[] = [];
    for (const index of company.people.keys()) {
      const { id, caller } = await account(`m${index}`, isCounsel(index) ? counsel : other);
      ids.push(id);
      this.callers.push(caller);
    }
    await this.createPeople(company, ids);
    // Somebody with two accounts is one person: they act by the one and the other in turn.
    for (const index of company.people.keys()) {
      if (index % 3 !== 0) continue;
      const { id, caller } = await account(`m${index}b`, isCounsel(index) ? counsel : other);
      await this.query('staff-account').create({ data: { staff: this.staff[index], user: id } });
      this.further.set(index, caller);
    }
  }

  protected query = (type: string) => this.app.strapi.db.query(uid(type)) as unknown as Queries;
  protected now = () => new Date();

  /** Nothing of the company before is left that could decide anything in this one. */
  async begin(company: Company): Promise<void> {
    const { db } = this.app.strapi;
    for (const type of ['absence', 'approval-step', 'access-grant', 'access-request']) {
      // Past Strapi, which lets nobody delete these.
      await db.connection(db.metadata.get(uid(type)).tableName).delete();
    }
    await this.arrange(company);
  }

  private as(by: number): Caller {
    this.turn += 1;
    const further = this.turn % 2 === 0 ? this.further.get(by) : undefined;
    const caller = further ?? this.callers[by] ?? this.stranger;
    if (!caller) throw new Error('Nobody is signed in.');
    return caller;
  }

  /** Whether it was done; whatever is not refused in so many words is a fault. */
  private done({ status, text }: Answer): boolean {
    assert([200, 201, 400, 403, 404].includes(status), `${status} ${text}`);
    return status < 300;
  }

  async submit(by: number, wish: Wish): Promise<string | null> {
    const body = { ...this.bodyOf(wish), draft: wish.draft };
    const answer = await this.as(by).post(`${PANEL}/access-requests`, body);
    return this.done(answer) ? answer.body.documentId : null;
  }

  async amend(by: number, request: string, wish: Wish): Promise<boolean> {
    const body = { ...this.bodyOf(wish), draft: wish.draft };
    return this.done(await this.as(by).put(`${PANEL}/access-requests/${request}`, body));
  }

  async withdraw(by: number, request: string): Promise<boolean> {
    return this.done(await this.as(by).post(`${PANEL}/access-requests/${request}/withdraw`));
  }

  async decide(by: number, step: number, decision: Decision): Promise<boolean> {
    const body = { decision, comment: 'Seen' };
    return this.done(await this.as(by).post(`${PANEL}/approvals/${step}/decide`, body));
  }

  async changeGrant(by: number, request: string, change: GrantChange): Promise<boolean> {
    const id = (await this.grantOf(request))?.documentId ?? 'none';
    const body = change === 'resume' ? {} : { reason: 'The model' };
    return this.done(await this.as(by).post(`${PANEL}/access-grants/${id}/${change}`, body));
  }

  async read(by: number, record: number, attribute: Attribute, purpose: number): Promise<boolean> {
    const documentIds = [this.documentOf(record)];
    const { code } = PURPOSES[purpose] ?? { code: '' };
    const body = { type: CUSTOMER, documentIds, attributes: [attribute], purpose: code };
    const answer = await this.as(by).post(`${PANEL}/reveal`, body);
    const shown = this.done(answer);
    // A refusal has nothing of the value in it.
    assert.equal(/wang@kunde|11010519491231002X/.test(answer.text), shown);
    return shown;
  }

  protected async withdrawConsent(documentId: string): Promise<void> {
    await this.service<{ withdraw(id: string): Promise<unknown> }>('consents').withdraw(documentId);
  }

  async pass(days: number): Promise<void> {
    const { db } = this.app.strapi;
    const earlier = (moment: string | Date) => new Date(new Date(moment).getTime() - days * DAY);
    for (const [type, names] of Object.entries(MOMENTS)) {
      const table = db.metadata.get(uid(type)).tableName;
      for (const row of await this.query(type).findMany({})) {
        const moved = names.flatMap((name) =>
          row[name] ? [[columnOf(name), earlier(row[name])]] : []
        );
        // Past Strapi, which would take it for a change that means something.
        if (moved.length > 0) {
          await db.connection(table).where({ id: row.id }).update(Object.fromEntries(moved));
        }
      }
    }
  }

  async runDeadlines(): Promise<void> {
    type Approvals = { enforceDeadlines(now: Date): Promise<unknown> };
    await this.service<Approvals>('approvals').enforceDeadlines(this.now());
  }

  async runGrantEnds(): Promise<void> {
    type Jobs = { run(name: string, now: Date): Promise<boolean> };
    const { db } = this.app.strapi;
    // Once a minute would be too seldom here.
    await db.connection(db.metadata.get(uid('job-run')).tableName).delete();
    assert(await this.service<Jobs>('jobs').run('grant-ends', this.now()));
  }

  private service = <T>(name: string): T =>
    this.app.strapi.plugin('customer-governance').service(name) as T;
}

const columnOf = (attribute: string) =>
  attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
