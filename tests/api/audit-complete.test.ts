import type { Core } from '@strapi/strapi';
import { listRoutes, targetsOf, type Fill, type Route } from '../leaks/routes';
import type { World } from '../leaks/world';
import { createApiRole, createApiUser } from '../support/api';
import { bootApp, type BootedApp } from '../support/app';
import { createCompany, createUser, CUSTOMER, type Company } from '../support/company';
import { createRecorder } from '../support/recorder';
import { sendWellFormed, type WellFormedCall } from '../support/calls';

const GOVERNANCE = 'plugin::customer-governance.';
const TABLE = 'governance_audit_entries';

/** Tables whose rows are nobody's data and no decision, and why a call may write them without an entry. */
const UNLOGGED: Array<[RegExp, string]> = [
  [/^governance_audit_/, 'the log itself, and what is derived of it'],
  [/^strapi_sessions$/, 'sessions: signing in and out is logged, renewing a token is not'],
  [/^governance_job_runs$/, 'which instance runs a job'],
  [/^governance_web_form_(hits|days)$/, 'how often a form was called: counts, of nobody'],
  [/^governance_notifications$/, 'whether a notification was read'],
];
/** Values of the customers of these tests, as no mask shows them and no number contains them. */
const PLAIN = /王小明|(?<![\w.])13[78]\d{8}(?![\w.])/;
/** What a form shows as the pattern of a value is nobody's. */
const EXAMPLE = /"example":"[^"]*"/g;
const showsPlain = (text: string): boolean => PLAIN.test(text.replace(EXAMPLE, ''));
/** Stamps of use. */
const STAMP =
  /^update\s+\S+\s+set\s+(["`](last_used_at|last_active_at|updated_at)["`] = \S+\s)+where/i;

/** Routes that are not called well here, and why. */
const NOT_CALLED: Array<[RegExp, string]> = [
  [
    / \/content-type-builder\//,
    'in development alone, and restarts: the next start logs the change',
  ],
  [/ \/content-manager\/single-types\//, 'there is no single type'],
  [/\/actions\/(publish|unpublish|discard|bulkPublish|bulkUnpublish)$/, 'no type has drafts'],
  [/(auto-)?clone\/:sourceId$/, 'governed records are not cloned, and others are created like any'],
  [/ \/(api\/)?email/, 'sends a mail, and there is no mail server'],
  [/trigger$/, 'calls a server that is not there'],
  [/ai-metadata|upload-from-urls/, 'asks a service that is not there'],
  [/ \/api\/auth\/(refresh|logout|sessions)/, 'not in this mode of users-permissions'],
  [/ \/admin\/(users\/me\/sessions|access-token)/, 'sessions alone'],
  [/ \/admin\/register-admin$/, 'there is an admin already'],
  [/ \/admin\/project-settings$/, 'writes the logo of the panel, a setting like the others'],
  [/ \/content-manager\/components\//, 'there is no component'],
  [/ \/i18n\/settings$/, 'a setting like the others'],
  [/ \/api\/auth\/forgot-password$/, 'sends a mail before it answers'],
  [/ \/content-manager\/uid\//, 'no type has a uid attribute'],
  [/ \/api\/auth\/send-email-confirmation$/, 'sends a mail before it answers'],
  [/get-non-localized-fields$/, 'no type is localized'],
  [/ \/mcp$/, 'not switched on here: its tools are those of the document service'],
  [
    / \/customer-governance\/backups$/,
    'needs destinations: tests/api/backup.test.ts makes backups',
  ],
];

interface Call extends WellFormedCall {
  address: string;
}
interface Made {
  call: Call;
  id: string;
  text: string;
}

describe('the log is complete', () => {
  let app: BootedApp;
  let company: Company;
  const recorder = createRecorder();
  const credentials = new Map<string, string>();
  const made: Made[] = [];

  const tokenOf = async (email: string): Promise<string> =>
    (await app.request.post('/admin/login').send({ email, password: 'Governance-Test-1' })).body
      .data.token;

  const jwtOf = async (name: string): Promise<string> =>
    (
      await app.request
        .post('/api/auth/local')
        .send({ identifier: `${name}@users.example`, password: 'Governance-Test-1' })
    ).body.jwt;

  const send = async (call: Call) => {
    const id = recorder.next();
    const [method] = call.route.split(' ') as [string];
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    const request = app.request[verb](call.address + (call.query ? `?${call.query}` : ''))
      .set(recorder.header, id)
      .set(call.headers ?? {})
      .redirects(0);
    const credential = credentials.get(call.by ?? 'root');
    if (credential) void request.set('Authorization', `Bearer ${credential}`);
    const answer = await (call.file
      ? request.attach('files', Buffer.from('text'), call.file)
      : call.content
        ? request.set('Content-Type', 'application/octet-stream').send(call.content)
        : call.body
          ? request.send(call.body)
          : request);
    made.push({ call, id, text: answer.text ?? '' });
    return answer as never;
  };
  const sendTo = (call: WellFormedCall) => {
    const parts = [...(call.path ?? [])];
    const [, template = ''] = call.route.split(' ');
    const address = template.replace(/:\w+/g, () => encodeURIComponent(parts.shift() ?? 'none'));
    return send({ ...call, address });
  };

  /** How the server answered the calls of a route that was not called well. */
  const lastAnswers = (name: string): string[] =>
    made.filter(({ call }) => call.route === name).map(({ text }) => text.slice(0, 300));

  beforeAll(async () => {
    app = await bootApp({
      configure: (strapi) => recorder.watchAnswers(strapi),
      // So that the routes that delete customers do.
      policy: { retention: { deletion: 'by-permission' } },
    });
    company = await createCompany(app);
    const { strapi } = app;
    const everyRight = (await strapi.service('admin::role').getSuperAdmin()).id;
    const { email } = await createUser(strapi, 'root', everyRight);
    credentials.set('root', await tokenOf(email));
    const office = await strapi.db
      .query(`${GOVERNANCE}department`)
      .create({ data: { name: 'Audit', code: 'A', function: 'audit' } });
    for (const name of ['audit-lead', 'audit-second']) {
      const user = await createUser(strapi, name, everyRight);
      await strapi.db.query(`${GOVERNANCE}staff-profile`).create({
        data: {
          displayName: name,
          level: 'staff',
          active: true,
          user: user.id,
          department: office.id,
          publishedAt: new Date(),
        },
      });
      credentials.set(name, await tokenOf(user.email));
    }
    for (const [name, person] of Object.entries(company)) {
      if (typeof person === 'object' && 'email' in person) {
        credentials.set(name, await tokenOf(person.email));
      }
    }
    const { accessKey } = await strapi
      .service('admin::api-token')
      .create({ name: 'all', type: 'full-access', lifespan: null, description: '' });
    credentials.set('token', accessKey);
    const role = await createApiRole(strapi, 'changer', [
      'plugin::users-permissions.auth.changePassword',
    ]);
    await createApiUser(app, 'changer', role);
    credentials.set('user', await jwtOf('changer'));
    const actions = strapi.contentAPI.permissions.providers.action.keys() as string[];
    const everything = await createApiRole(strapi, 'everything', actions);
    for (const name of ['rep', 'head', 'leader'] as const) {
      await createApiUser(app, `api-${name}`, everything, company[name].staffId);
      credentials.set(`api-${name}`, await jwtOf(`api-${name}`));
    }
    await company.customer(company.rep);
    recorder.watchWrites(strapi);
  });
  afterAll(() => app.close());

  it('calls every route that reads', async () => {
    const fill = await firstRows(app.strapi);
    const routes = listRoutes(app.strapi).filter(({ method }) => method === 'GET');
    for (const route of routes) {
      for (const target of targetsOf({ strapi: app.strapi } as World, route, fill)) {
        const by = route.template.startsWith('/api/') ? 'token' : 'root';
        const call = { route: nameOf(route), address: target.path, by } as const;
        await send(call);
        if (target.uid === CUSTOMER) {
          await send({ ...call, query: 'populate=*' });
          await send({ ...call, query: 'reveal=mobile&purpose=contract-performance' });
        }
      }
    }
  });

  it('calls every route that writes, so that it does what it is there for', async () => {
    const problems = await sendWellFormed({ app, company, send: sendTo });
    const well = new Set(
      made
        .filter(({ id }) => recorder.of(id, () => true).status < 400)
        .map(({ call }) => call.route)
    );
    const missed = listRoutes(app.strapi)
      .filter(({ method }) => method !== 'GET')
      .map(nameOf)
      .filter((name) => !well.has(name) && !NOT_CALLED.some(([pattern]) => pattern.test(name)));
    // A route that is new needs a call in tests/support/calls.
    const answers = missed.flatMap((name) => [name, ...lastAnswers(name)]);
    expect([...problems, ...answers]).toEqual([]);
  });

  it('finds an entry for each call that changed a row or showed a protected value', async () => {
    const rows: Array<{ correlation_id: string }> = await app.strapi.db
      .connection(TABLE)
      .distinct('correlation_id');
    const written = new Set(rows.map(({ correlation_id }) => correlation_id));
    const silent = made.flatMap(({ call, id, text }) => {
      const { status, correlation, tables } = recorder.of(
        id,
        ({ table, sql }) => !STAMP.test(sql) && !UNLOGGED.some(([pattern]) => pattern.test(table))
      );
      const shows = showsPlain(text);
      if ((tables.length === 0 && !shows) || (correlation && written.has(correlation))) return [];
      return [
        `${call.route} (${status}, ${call.address}) ${shows ? 'showed a value' : `wrote ${tables.join(', ')}`}`,
      ];
    });
    expect([...new Set(silent)]).toEqual([]);
    // Without these the test would have looked at nothing.
    const changed = made.filter(({ id }) => recorder.of(id, () => true).tables.length > 0);
    expect(changed.length).toBeGreaterThan(60);
    expect(made.filter(({ text }) => showsPlain(text)).length).toBeGreaterThan(3);
  });
});

const nameOf = ({ method, template }: Route): string => `${method} ${template}`;

/** The first rows of each type, to address them by. */
async function firstRows(strapi: Core.Strapi): Promise<Fill> {
  const rows = new Map<string, Array<{ id: number; documentId?: string }>>();
  for (const uid of Object.keys(strapi.contentTypes)) {
    rows.set(uid, await strapi.db.query(uid).findMany({ limit: 1 }));
  }
  return {
    documentIds: (uid) => (rows.get(uid) ?? []).flatMap(({ documentId }) => documentId ?? []),
    ids: (uid) => (rows.get(uid) ?? []).map(({ id }) => String(id)),
    reading: true,
  };
}
