import type { Core } from '@strapi/strapi';
import { createApiAccounts } from './api-accounts';
import { documentsOf, type Demo, type Row } from './context';
import { before } from './days';
import { documentIdOf } from './random';
import type { RoleName } from './roles';
import { ABSENCE, DEPARTMENT, STAFF } from './uids';

const PASSWORD = 'Governance-Demo-1';

/** A login of the demo. */
export interface DemoLogin {
  role: string;
  name: string;
  email: string;
  password: string;
}

export type PersonKey = keyof typeof PEOPLE;
export type DepartmentKey = keyof typeof DEPARTMENTS;

const DEPARTMENTS = {
  sales: { name: 'Sales', function: 'business' },
  east: { name: 'Sales East', function: 'business', parent: 'sales' },
  west: { name: 'Sales West', function: 'business', parent: 'sales' },
  information: { name: 'Information', function: 'information' },
  leadership: { name: 'Leadership', function: 'leadership' },
  audit: { name: 'Audit', function: 'audit' },
  legal: { name: 'Legal', function: 'legal' },
} as const;

interface Person {
  name: string;
  role: RoleName;
  title: string;
  level: 'staff' | 'supervisor' | 'head' | 'leadership';
  department: DepartmentKey;
  /** Heads this department. */
  heads?: boolean;
  superior?: string;
  deputy?: string;
}

const person = <const P extends Person>(value: P) => value;

const PEOPLE = {
  'li.na': person({
    name: '李娜',
    role: 'Sales representative',
    title: '客户经理',
    level: 'staff',
    department: 'east',
    superior: 'wang.fang',
  }),
  'zhou.wei': person({
    name: '周伟',
    role: 'Sales representative',
    title: '客户经理',
    level: 'staff',
    department: 'west',
    superior: 'xu.jie',
  }),
  'wang.fang': person({
    name: '王芳',
    role: 'Department head',
    title: '华东销售部经理',
    level: 'head',
    department: 'east',
    heads: true,
    superior: 'liu.yang',
    deputy: 'zhao.min',
  }),
  'zhao.min': person({
    name: '赵敏',
    role: 'Department head',
    title: '西部销售部经理',
    level: 'head',
    department: 'west',
    heads: true,
    superior: 'liu.yang',
    deputy: 'wang.fang',
  }),
  'liu.yang': person({
    name: '刘洋',
    role: 'Leadership',
    title: '副总经理',
    level: 'leadership',
    department: 'leadership',
    heads: true,
  }),
  'chen.jing': person({
    name: '陈静',
    role: 'Information department',
    title: '信息管理部经理',
    level: 'head',
    department: 'information',
    heads: true,
    superior: 'liu.yang',
    deputy: 'sun.lei',
  }),
  'sun.lei': person({
    name: '孙磊',
    role: 'Information department',
    title: '信息管理专员',
    level: 'staff',
    department: 'information',
    superior: 'chen.jing',
  }),
  'wu.ting': person({
    name: '吴婷',
    role: 'Entry staff',
    title: '客户信息录入员',
    level: 'staff',
    department: 'east',
    superior: 'wang.fang',
  }),
  'zheng.kai': person({
    name: '郑凯',
    role: 'Auditor',
    title: '内部审计师',
    level: 'staff',
    department: 'audit',
    superior: 'liu.yang',
  }),
  'xu.jie': person({
    name: '徐洁',
    role: 'Supervisor',
    title: '客户主管',
    level: 'supervisor',
    department: 'west',
    superior: 'zhao.min',
  }),
  'he.yun': person({
    name: '何云',
    role: 'Legal counsel',
    title: '法务专员',
    level: 'staff',
    department: 'legal',
    superior: 'lin.feng',
  }),
  'lin.feng': person({
    name: '林峰',
    role: 'Leadership',
    title: '总经理',
    level: 'leadership',
    department: 'leadership',
  }),
};

export const emailOf = (key: PersonKey): string => `${key}@demo.example`;

/** Who also signs in to the API, with the same e-mail address and password. */
const WITH_API_ACCOUNT = ['li.na', 'wang.fang'] as const;

const ADMINISTRATOR = { name: 'Administrator', email: 'admin@demo.example' };
const people = Object.entries(PEOPLE) as Array<[PersonKey, Person]>;
const departments = Object.entries(DEPARTMENTS) as Array<
  [DepartmentKey, { name: string; function: string; parent?: DepartmentKey }]
>;

/** Everybody who can sign in, by role. */
export const demoLogins: DemoLogin[] = [
  { role: 'Super Admin', ...ADMINISTRATOR, password: PASSWORD },
  ...people.map(([key, { role, name }]) => ({
    role,
    name,
    email: emailOf(key),
    password: PASSWORD,
  })),
];

/** The rows of the organisation, by the names that the seed has for them. */
export interface Organisation {
  staff: Record<PersonKey, Row>;
  departments: Record<DepartmentKey, Row>;
}

/** Creates the accounts, departments and staff profiles. */
export async function createPeople(
  demo: Demo,
  roles: ReadonlyMap<RoleName, number>
): Promise<Organisation> {
  const { strapi, progress, now } = demo;
  const superAdmin = await strapi.service('admin::role').getSuperAdmin();
  await createUser(strapi, ADMINISTRATOR, superAdmin.id);

  const departmentRows = {} as Organisation['departments'];
  for (const [key, { parent, ...data }] of departments) {
    departmentRows[key] = await documentsOf(strapi, DEPARTMENT).create({
      data: {
        ...data,
        documentId: documentIdOf('department', key),
        code: key,
        parent: parent ? departmentRows[parent].documentId : null,
      },
    });
  }

  const staff = {} as Organisation['staff'];
  for (const [index, [key, { name, role, title, level, department }]] of people.entries()) {
    const user = await createUser(strapi, { name, email: emailOf(key) }, roles.get(role) ?? 0);
    staff[key] = await documentsOf(strapi, STAFF).create({
      data: {
        documentId: documentIdOf('staff-profile', key),
        displayName: name,
        staffNumber: `E${String(index + 1).padStart(4, '0')}`,
        title,
        level,
        active: true,
        user: user.id,
        department: departmentRows[department].documentId,
      },
    });
  }

  for (const [key, { superior, deputy, heads, department }] of people) {
    const idOf = (other?: string) => (other ? staff[other as PersonKey].documentId : null);
    await documentsOf(strapi, STAFF).update({
      documentId: staff[key].documentId,
      data: { superior: idOf(superior), deputy: idOf(deputy) },
    });
    if (!heads) continue;
    await documentsOf(strapi, DEPARTMENT).update({
      documentId: departmentRows[department].documentId,
      data: { head: staff[key].documentId },
    });
  }
  // From tomorrow, so that the demo begins with everybody at their desk.
  await documentsOf(strapi, ABSENCE).create({
    data: {
      documentId: documentIdOf('absence', 'zhao.min'),
      staff: staff['zhao.min'].documentId,
      startsAt: before(now, -1).toISOString(),
      endsAt: before(now, -8).toISOString(),
    },
  });
  progress('People', people.length, people.length);
  await createApiAccounts(
    demo,
    WITH_API_ACCOUNT.map((key) => ({
      email: emailOf(key),
      password: PASSWORD,
      staff: staff[key],
    }))
  );
  return { staff, departments: departmentRows };
}

function createUser(
  strapi: Core.Strapi,
  { name, email }: { name: string; email: string },
  role: number
): Promise<{ id: number }> {
  return strapi.service('admin::user').create({
    firstname: name,
    lastname: '',
    email,
    password: PASSWORD,
    roles: [role],
    isActive: true,
    blocked: false,
    registrationToken: null,
  });
}
