import {
  departmentCodeOf,
  isCounsel,
  staffNumberOf,
  type Company,
  type PersonState,
  type Rule,
  type Wish,
  ATTRIBUTES,
} from './company';

/**
 * Who has to approve what, said once more and from the policy's words alone. Nothing of the product is used here: what this
 * says and what the product does must be the same for every company and every rule.
 */

export interface RequiredStep {
  role: string;
  /** The people of whom one must approve. */
  may: number[];
}

const everybody = (company: Company) => company.people.map((_, person) => person);
const active = (company: Company, person: number | null): person is number =>
  person !== null && company.people[person]?.active === true;
const of = (company: Company, person: number) => company.people[person] as PersonState;

/** The head of one's department, or of the nearest one above that has another head than oneself. */
function headAbove(company: Company, person: number): number | null {
  const passed: number[] = [];
  let at = of(company, person).department;
  while (at !== null && !passed.includes(at)) {
    passed.push(at);
    const { head, parent } = company.departments[at] ?? { head: null, parent: null };
    if (active(company, head) && head !== person) return head;
    at = parent;
  }
  return null;
}

function above(company: Company, person: number): number | null {
  const { superior } = of(company, person);
  return superior === null ? headAbove(company, person) : superior;
}

/** The people of whom one approves for each step of a role; nobody has a say in their own request. */
function peopleFor(
  company: Company,
  role: string,
  requester: number,
  owners: number[]
): number[][] {
  const fit = (people: Array<number | null>) =>
    [
      ...new Set(people.filter((person) => active(company, person) && person !== requester)),
    ] as number[];
  const where = (holds: (person: number) => boolean) => fit(everybody(company).filter(holds));
  const leadership = () => where((person) => of(company, person).level === 'leadership');
  const orLeadership = (people: number[]) => (people.length > 0 ? people : leadership());
  const inFunction = (name: string) =>
    where((person) => {
      const { department } = of(company, person);
      return department !== null && company.departments[department]?.function === name;
    });
  const beyond = (person: number) => {
    const next = above(company, person);
    return next === requester ? above(company, requester) : next;
  };
  if (role.startsWith('role:')) return [where(isCounsel)];
  if (role.startsWith('person:')) return [where((p) => role === `person:${staffNumberOf(p)}`)];
  switch (role) {
    case 'superior':
      return [orLeadership(fit([beyond(requester)]))];
    case 'department-head':
      return [orLeadership(fit([headAbove(company, requester)]))];
    case 'owner-superior': {
      const each = owners
        .filter((owner) => owner !== requester)
        .map((owner) => {
          const named = fit([of(company, owner).superior]);
          return orLeadership(named.length > 0 ? named : fit([beyond(owner)]));
        });
      const parts = each.length > 0 ? each : [leadership()];
      const key = (people: number[]) => people.join();
      return parts.filter((people, i) => parts.findIndex((p) => key(p) === key(people)) === i);
    }
    case 'leadership':
      return [leadership()];
    case 'legal':
      return [inFunction('legal')];
    case 'information-department':
      return [inFunction('information')];
    default:
      throw new Error(`No such role: ${role}`);
  }
}

/** The rules that a request falls under; all of them count. */
export function rulesFor(company: Company, rules: Rule[], requester: number, wish: Wish): Rule[] {
  const records = wish.records.flatMap((record) => company.records[record] ?? []);
  const codes: string[] = [];
  let at = of(company, requester).department;
  while (at !== null && !codes.includes(departmentCodeOf(at))) {
    codes.push(departmentCodeOf(at));
    at = company.departments[at]?.parent ?? null;
  }
  const sensitive = wish.attributes.some((name) => ATTRIBUTES[name] === 'sensitive');
  const own = records.every(({ owner }) => owner === requester);
  const key = records.some(({ keyCustomer }) => keyCustomer);
  return rules.filter(
    ({ when }) =>
      (when.sensitivity === undefined || (when.sensitivity === 'sensitive') === sensitive) &&
      (when.keyCustomer === undefined || when.keyCustomer === key) &&
      (when.ownership === undefined || (when.ownership === 'own') === own) &&
      (when.records === undefined || wish.records.length >= when.records.min) &&
      (when.recipient === undefined || when.recipient === wish.recipient) &&
      (when.department === undefined || codes.includes(when.department))
  );
}

/** The approvals that a request needs. */
export function requiredSteps(
  company: Company,
  rules: Rule[],
  requester: number,
  wish: Wish
): RequiredStep[] {
  const owners = [
    ...new Set(wish.records.flatMap((record) => company.records[record]?.owner ?? [])),
  ];
  const roles = [
    ...new Set(rulesFor(company, rules, requester, wish).flatMap(({ steps }) => steps.flat())),
  ];
  const steps = roles.flatMap((role) =>
    peopleFor(company, role, requester, owners).map((may) => ({ role, may }))
  );
  const [head] = steps.filter(({ role }) => role === 'department-head').map(({ may }) => may);
  const sameAsHead = ({ role, may }: RequiredStep) =>
    role === 'superior' && may.length === 1 && head?.length === 1 && head[0] === may[0];
  return steps.filter((step) => !sameAsHead(step));
}

/** Whether each can be chosen from its list so that nobody is chosen twice: every way is tried. */
export function distinctPeople(lists: number[][], taken: number[] = []): boolean {
  const [first, ...rest] = lists;
  return (
    first === undefined ||
    first.some((person) => !taken.includes(person) && distinctPeople(rest, [...taken, person]))
  );
}

/** The active superiors that profiles name. */
export const superiorsOf = (company: Company, people: number[]): number[] =>
  people.flatMap((person) => {
    const { superior } = of(company, person);
    return active(company, superior) ? [superior] : [];
  });
