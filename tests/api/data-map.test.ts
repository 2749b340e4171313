import type {
  MappedAttribute,
  MappedType,
} from '../../src/plugins/customer-governance/server/src/data-map/data-map';
import { bootApp, type BootedApp } from '../support/app';
import {
  CUSTOMER,
  createCaller,
  createCompany,
  createRole,
  createUser,
  signIn,
} from '../support/company';

const PATH = '/customer-governance/data-map';
const RIGHT = 'plugin::customer-governance.data-map.read';

describe('the data map', () => {
  let app: BootedApp;
  let reader: Awaited<ReturnType<typeof createCaller>>;
  let types: MappedType[];
  const find = (uid: string, name: string): MappedAttribute =>
    types
      .find((type) => type.uid === uid)
      ?.attributes.find((one) => one.name === name) as MappedAttribute;

  beforeAll(async () => {
    app = await bootApp();
    await createCompany(app);
    reader = await createCaller(app, 'mapreader', [{ action: RIGHT }]);
    const { status, body } = await reader.get(PATH);
    expect(status).toBe(200);
    types = (body as unknown as { types: MappedType[] }).types;
  });
  afterAll(() => app.close());

  it('has every governed type with every attribute, each classified', () => {
    const governed = app.strapi.plugin('customer-governance').service('vault').governed();
    expect(types.map(({ uid }) => uid)).toEqual(expect.arrayContaining([...governed.keys()]));
    const unclassified = types.flatMap(({ uid, attributes }) =>
      attributes
        .filter(({ level, category }) => !level || !category)
        .map(({ name }) => `${uid}.${name}`)
    );
    expect(unclassified).toEqual([]);
  });

  it('says of an attribute how careful, what for, how long and who sees it', () => {
    expect(find(CUSTOMER, 'mobile')).toMatchObject({
      category: 'contact',
      level: 'personal',
      kind: 'mobile',
      ambient: true,
      controlled: true,
    });
    expect(find(CUSTOMER, 'mobile').purposes.map(({ code }) => code)).not.toHaveLength(0);
    expect(find(CUSTOMER, 'mobile').retention.map(({ code }) => code)).toContain(
      'erasure-requested'
    );
    expect(find(CUSTOMER, 'mobile').revealedBy).toContainEqual({
      kind: 'admin-role',
      name: 'Test representative',
      conditions: ['own'],
    });
    expect(find(CUSTOMER, 'residentId')).toMatchObject({ level: 'sensitive', ambient: false });
    expect(find(CUSTOMER, 'industry')).toMatchObject({ kind: null, revealedBy: [] });
  });

  it('follows the roles: whoever is given Reveal stands in it at the next look', async () => {
    await createRole(app.strapi, 'Test newcomer', [
      { action: 'plugin::customer-governance.reveal', subject: CUSTOMER, fields: ['residentId'] },
    ]);
    const { body } = await reader.get(PATH);
    types = (body as unknown as { types: MappedType[] }).types;
    expect(find(CUSTOMER, 'residentId').revealedBy).toContainEqual({
      kind: 'admin-role',
      name: 'Test newcomer',
      conditions: [],
    });
    expect(find(CUSTOMER, 'passport').revealedBy).not.toContainEqual(
      expect.objectContaining({ name: 'Test newcomer' })
    );
  });

  it('comes as a file in the language of its reader, which is logged', async () => {
    const linesOf = async (language: string): Promise<string[]> => {
      const file = await reader.get(`${PATH}/export?language=${language}`);
      expect(file.status).toBe(200);
      return file.text.replace('\uFEFF', '').trim().split('\r\n');
    };
    const [chinese, english] = [await linesOf('zh'), await linesOf('en')];
    const count = 1 + types.flatMap(({ attributes }) => attributes).length;
    expect(chinese).toHaveLength(count);
    expect(english).toHaveLength(count);
    expect(chinese[0]).toBe(
      '记录类型,字段,类别,级别,信息种类,列表中显示明文,变更需审批,用途,合法性基础,保存期限,可查看明文者'
    );
    expect(english[0]).toBe(
      'Record type,Attribute,Category,Level,Kind of value,Shown in lists,Controlled change,Purposes,Legal basis,' +
        'Retention,Clear values are revealed to'
    );
    const mobile = (lines: readonly string[]) =>
      lines.find((line) => line.startsWith(`${CUSTOMER},mobile,`));
    expect(mobile(chinese)).toMatch(
      /,联系信息,个人信息,手机号,是,是,.*合同.*erasure-requested：客户提出删除请求后.*角色：Test representative（仅本人客户）/
    );
    expect(mobile(english)).toMatch(
      /,Contact,Personal,Mobile number,Yes,Yes,.*Contract.*erasure-requested: at .* after the customer's request.*Role Test representative \(own customers\)/
    );
    const entries = await app.strapi.db
      .connection('governance_audit_entries')
      .where({ action: 'data-map.export' });
    expect(entries).toHaveLength(2);
  });

  it('is for those who may read it, and refuses what it does not know', async () => {
    const role = await createRole(app.strapi, 'Test stranger', []);
    const { email } = await createUser(app.strapi, 'mapstranger', role);
    const stranger = await signIn(app, email);
    expect((await stranger.get(PATH)).status).toBe(403);
    expect((await stranger.get(`${PATH}/export`)).status).toBe(403);
    expect((await reader.get(`${PATH}?colour=blue`)).status).toBe(400);
    expect((await reader.get(`${PATH}/export?language=fr`)).status).toBe(400);
  });
});
