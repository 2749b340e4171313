import assert from 'node:assert/strict';
import {
  ATTRIBUTES,
  PURPOSES,
  type Attribute,
  type Company,
  type Decision,
  type DepartmentState,
  type GrantChange,
  type PersonState,
  type Rule,
  type Wish,
} from './company';
import { distinctPeople, requiredSteps, rulesFor, superiorsOf } from './organisation';
import { STRANGER, type SeenRequest, type SeenStep } from './world';

interface Part {
  person: number;
  onBehalfOf: number | null;
}
interface Step {
  id: number;
  stage: number;
  may: number[];
  state: string;
  part: Part | null;
  escalated: boolean;
}
interface Grant {
  state: 'active' | 'suspended' | 'used-up' | 'ended' | 'revoked';
  until: number;
  department: number | null;
  records: number[];
  reveals: number;
}
export interface Request {
  id: string;
  requester: number;
  wish: Wish;
  state: string;
  round: number;
  /** Those of the last round. */
  steps: Step[];
  grant: Grant | null;
}
interface Absence {
  person: number;
  deputy: number | null;
  from: number;
  until: number;
}

const OPEN = ['submitted', 'in-review'];
const ENDED = ['approved', 'rejected', 'withdrawn', 'expired'];
const LIVE = ['active', 'suspended'];

const scopeOf = ({ records, attributes, purpose, recipient }: Wish) =>
  JSON.stringify([[...records].sort(), [...attributes].sort(), purpose, recipient]);

/** What was accepted, and what must follow from it. Time is counted in days. */
export class Oracle {
  readonly requests: Request[] = [];
  private day = 0;
  private absences: Absence[] = [];
  private purposes = PURPOSES.map(() => true);
  private consents: boolean[][];
  /** What cannot change any more, as it was first seen. */
  private readonly final = new Map<string, string>();

  constructor(
    readonly company: Company,
    private readonly rules: Rule[]
  ) {
    this.consents = company.records.map(() => PURPOSES.map(() => true));
  }

  // --- what may be done -----------------------------------------------------------------------------------------------

  /** Somebody of the company who has not left it. */
  works(person: number): boolean {
    return person !== STRANGER && this.person(person).active;
  }

  /** @param own the request that is changed. */
  maySubmit(by: number, wish: Wish, own?: Request): boolean {
    if (!this.works(by) || !this.purposes[wish.purpose]) return false;
    if (wish.draft) return true;
    // The same is pending once.
    const same = (other: Request) =>
      other !== own &&
      other.requester === by &&
      OPEN.includes(other.state) &&
      scopeOf(other.wish) === scopeOf(wish);
    if (this.requests.some(same)) return false;
    const lists = requiredSteps(this.company, this.rules, by, wish).map(({ may }) => may);
    return distinctPeople(lists);
  }

  mayAmend(by: number, request: Request, wish: Wish): boolean {
    const states = wish.draft ? ['draft', 'returned'] : ['draft', 'returned', ...OPEN];
    return (
      by === request.requester &&
      states.includes(request.state) &&
      this.maySubmit(by, wish, request)
    );
  }

  mayWithdraw(by: number, request: Request): boolean {
    const states = ['draft', 'returned', ...OPEN];
    return this.works(by) && by === request.requester && states.includes(request.state);
  }

  /** The capacities in which somebody may decide a step: for themselves (`null`), or in the place of others. */
  capacities(
    by: number,
    request: Request,
    step: Step
  ): { any: boolean; all: boolean; in: Array<number | null> } {
    const parts = this.partsOf(request);
    const open = this.isOpen(request, step);
    if (!open || !this.works(by) || by === request.requester || parts.includes(by)) {
      return { any: false, all: false, in: [] };
    }
    const possible = step.may.includes(by)
      ? [null]
      : this.principalsOf(by).filter((away) => step.may.includes(away) && !parts.includes(away));
    const others = request.steps.filter((other) => other !== step && !other.part);
    const found = possible.filter((onBehalfOf) =>
      distinctPeople(
        others.map(({ may }) => may),
        [by, ...parts, ...(onBehalfOf === null ? [] : [onBehalfOf])]
      )
    );
    return {
      any: found.length > 0,
      all: found.length > 0 && found.length === possible.length,
      in: found,
    };
  }

  /** Open are the undecided steps of the first stage that has any. */
  isOpen(request: Request, step: Step): boolean {
    return (
      OPEN.includes(request.state) &&
      step.part === null &&
      request.steps.every(({ stage, part }) => stage >= step.stage || part !== null)
    );
  }

  mayChangeGrant({ grant }: Request, change: GrantChange): boolean {
    if (!grant) return false;
    const from = { revoke: LIVE, suspend: ['active'], resume: ['suspended'] }[change];
    return from.includes(grant.state);
  }

  /** The requests by which somebody may read a value at this moment. */
  opening(by: number, record: number, attribute: Attribute, purpose: number): Request[] {
    if (!this.works(by) || this.person(by).accessSuspended || !this.purposes[purpose]) return [];
    if (!this.isLawful(record, [attribute], purpose)) return [];
    return this.requests.filter(
      ({ requester, wish, grant }) =>
        requester === by &&
        wish.purpose === purpose &&
        wish.attributes.includes(attribute) &&
        grant?.state === 'active' &&
        grant.until > this.day &&
        grant.department === this.person(by).department &&
        grant.records.includes(record)
    );
  }

  // --- what was accepted ----------------------------------------------------------------------------------------------

  submitted(by: number, id: string, wish: Wish, seen: SeenRequest): void {
    const request: Request = {
      id,
      requester: by,
      wish,
      state: 'draft',
      round: 0,
      steps: [],
      grant: null,
    };
    this.requests.push(request);
    this.amended(request, wish, seen);
  }

  /** Whatever was decided is void: all are asked anew. */
  amended(request: Request, wish: Wish, seen: SeenRequest): void {
    request.wish = wish;
    if (wish.draft) return;
    request.round += 1;
    request.state = 'submitted';
    request.steps = this.asked(request, seen.steps);
  }

  /** The steps that were opened, which must be those that the rules require, in an order that every rule agrees with. */
  private asked({ requester, wish, round }: Request, seen: SeenStep[]): Step[] {
    const steps = seen.filter((step) => step.round === round);
    const line = (role: string, may: number[]) => `${role}: ${[...may].sort().join()}`;
    const required = requiredSteps(this.company, this.rules, requester, wish);
    assert.deepEqual(
      steps.map(({ role, may }) => line(role, may)).sort(),
      required.map(({ role, may }) => line(role, may)).sort()
    );
    const stagesOf = (names: string | string[]) =>
      steps.filter(({ role }) => [names].flat().includes(role)).map(({ stage }) => stage);
    for (const rule of rulesFor(this.company, this.rules, requester, wish)) {
      for (const [index, names] of rule.steps.entries()) {
        const now = stagesOf(names);
        assert(new Set(now).size <= 1, 'who is asked at the same time shares a stage');
        for (const earlier of rule.steps.slice(0, index).flatMap(stagesOf)) {
          assert(
            now.every((stage) => stage > earlier),
            'the order of a rule is kept'
          );
        }
      }
    }
    return steps.map(({ id, stage, may }) => ({
      id,
      stage,
      may: [...may],
      state: 'waiting',
      part: null,
      escalated: false,
    }));
  }

  withdrawn(request: Request): void {
    this.close(request, 'withdrawn');
  }

  decisionTaken(request: Request, step: Step, part: Part, decision: Decision): void {
    if (decision === 'approve') {
      step.part = part;
      step.state = 'approved';
      if (request.steps.every(({ state }) => state === 'approved')) this.approved(request);
      else request.state = 'in-review';
      return;
    }
    step.part = part;
    step.state = decision === 'reject' ? 'rejected' : 'returned';
    this.close(request, step.state);
  }

  private approved(request: Request): void {
    assertApproved(request);
    request.state = 'approved';
    request.grant = {
      state: 'active',
      until: this.day + request.wish.termDays,
      department: this.person(request.requester).department,
      records: [...request.wish.records],
      reveals: 0,
    };
  }

  private close(request: Request, state: string): void {
    request.state = state;
    for (const step of request.steps) if (step.part === null) step.state = 'cancelled';
  }

  grantChanged({ grant }: Request, change: GrantChange): void {
    if (!grant) throw new Error('There is no grant to change.');
    grant.state = { revoke: 'revoked', suspend: 'suspended', resume: 'active' }[
      change
    ] as Grant['state'];
  }

  /** A value was read: which request opened it is for the product to say, but exactly one of them did, and counted it. */
  wasRead(opening: Request[], seen: SeenRequest[]): void {
    const used = opening.filter(({ grant }, i) => seen[i]?.grant?.reveals !== grant?.reveals);
    assert.equal(used.length, 1, 'one grant was used');
    for (const request of used) {
      assertApproved(request);
      const { grant, wish } = request;
      if (!grant) throw new Error('A value was read without a grant.');
      grant.reveals += 1;
      if (grant.reveals === wish.revealLimit) grant.state = 'used-up';
    }
  }

  // --- what happens ---------------------------------------------------------------------------------------------------

  setPerson(person: number, to: Partial<PersonState>): void {
    Object.assign(this.person(person), to);
    this.endGrants((request) => request.requester === person && this.holderIsGone(request));
  }

  setDepartment(department: number, to: Partial<DepartmentState>): void {
    Object.assign(this.company.departments[department] ?? {}, to);
  }

  setPurpose(purpose: number, active: boolean): void {
    this.purposes[purpose] = active;
    this.endGrants(({ wish }) => wish.purpose === purpose && !active);
  }

  /** A record whose consent is withdrawn is lost to the grants that needed it, also when consent is given again. */
  setConsent(record: number, purpose: number, given: boolean): void {
    const row = this.consents[record];
    if (row) row[purpose] = given;
    if (given) return;
    for (const { grant, wish } of this.requests) {
      if (!grant || !LIVE.includes(grant.state) || wish.purpose !== purpose) continue;
      if (this.isLawful(record, wish.attributes, purpose)) continue;
      grant.records = grant.records.filter((each) => each !== record);
      if (grant.records.length === 0) grant.state = 'ended';
    }
  }

  hasConsent(record: number, purpose: number): boolean {
    return this.consents[record]?.[purpose] === true;
  }

  isActivePurpose(purpose: number): boolean {
    return this.purposes[purpose] === true;
  }

  addAbsence(person: number, deputy: number | null, inDays: number, days: number): void {
    this.absences.push({
      person,
      deputy,
      from: this.day + inDays,
      until: this.day + inDays + days,
    });
  }

  pass(days: number): void {
    this.day += days;
  }

  /** What is late is asked of the next superiors too; what is late again expires. @param before as it was before. */
  deadlinesEnforced(before: Map<string, SeenRequest>): void {
    const late = this.requests
      .flatMap((request) => request.steps.map((step) => ({ request, step })))
      .filter(({ request, step }) =>
        before.get(request.id)?.steps.some(({ id, due }) => id === step.id && due)
      )
      .sort((a, b) => a.step.id - b.step.id);
    for (const { request, step } of late) {
      if (!this.isOpen(request, step)) continue;
      if (step.escalated) {
        step.state = 'expired';
        this.close(request, 'expired');
        step.state = 'expired';
        continue;
      }
      step.escalated = true;
      const more = superiorsOf(this.company, step.may).filter((p) => p !== request.requester);
      step.may = [...new Set([...step.may, ...more])];
    }
  }

  grantsEnded(): void {
    this.endGrants(
      (request) =>
        (request.grant?.until ?? 0) <= this.day ||
        this.holderIsGone(request) ||
        !this.purposes[request.wish.purpose]
    );
  }

  // --- what must hold -------------------------------------------------------------------------------------------------

  /** The application has exactly what was accepted; and what was decided once is never decided otherwise. */
  assertAsSeen(request: Request, seen: SeenRequest): void {
    const steps = seen.steps.filter(({ round }) => round === request.round);
    const state = (step: Step) =>
      step.state === 'waiting' && this.isOpen(request, step) ? 'pending' : step.state;
    assert.deepEqual(
      {
        state: seen.state,
        rounds: Math.max(0, ...seen.steps.map(({ round }) => round)),
        grant: seen.grant,
        steps: steps.map(({ id, state, decidedBy, onBehalfOf, may, escalated }) => ({
          id,
          state,
          decidedBy,
          onBehalfOf,
          escalated,
          may: [...may].sort(),
        })),
      },
      {
        state: request.state,
        rounds: request.round,
        grant: request.grant && { state: request.grant.state, reveals: request.grant.reveals },
        steps: request.steps.map((step) => ({
          id: step.id,
          state: state(step),
          decidedBy: step.part?.person ?? null,
          onBehalfOf: step.part?.onBehalfOf ?? null,
          escalated: step.escalated,
          may: [...step.may].sort(),
        })),
      }
    );
    if (ENDED.includes(seen.state)) this.assertFinal(`request ${request.id}`, seen.state);
    if (seen.grant && !LIVE.includes(seen.grant.state)) {
      this.assertFinal(`grant ${request.id}`, seen.grant.state);
    }
    for (const { id, state, decidedBy, onBehalfOf } of seen.steps) {
      if (state === 'waiting' || state === 'pending') continue;
      this.assertFinal(`step ${id}`, `${state} ${decidedBy} ${onBehalfOf}`);
    }
  }

  /** What ended never goes on, and what was decided is never decided otherwise. */
  private assertFinal(what: string, state: string): void {
    assert.equal(state, this.final.get(what) ?? state, what);
    this.final.set(what, state);
  }

  // --- of the company -------------------------------------------------------------------------------------------------

  private person(person: number): PersonState {
    const found = this.company.people[person];
    if (!found) throw new Error(`There is no person ${person}.`);
    return found;
  }

  private partsOf = ({ steps }: Request): number[] =>
    steps
      .flatMap(({ part }) => (part ? [part.person, part.onBehalfOf] : []))
      .filter((p) => p !== null);

  private principalsOf(deputy: number): number[] {
    return [
      ...new Set(
        this.absences
          .filter(({ from, until }) => from <= this.day && this.day < until)
          .filter((away) => (away.deputy ?? this.person(away.person).deputy) === deputy)
          .map(({ person }) => person)
          .filter((person) => person !== deputy && this.person(person).active)
      ),
    ];
  }

  private isLawful(record: number, attributes: Attribute[], purpose: number): boolean {
    const sensitive = attributes.some((name) => ATTRIBUTES[name] === 'sensitive');
    const needed = sensitive || PURPOSES[purpose]?.legalBasis === 'consent';
    return !needed || this.hasConsent(record, purpose);
  }

  private holderIsGone({ requester, grant }: Request): boolean {
    const { active, department } = this.person(requester);
    return !active || department !== grant?.department;
  }

  private endGrants(lost: (request: Request) => boolean): void {
    for (const request of this.requests) {
      const { grant } = request;
      if (grant && LIVE.includes(grant.state) && lost(request)) grant.state = 'ended';
    }
  }
}

/** The rule of all rules: every required approval is there, each by somebody who was asked, and no two by the same. */
export function assertApproved({ requester, steps }: Request): void {
  assert(steps.length > 0, 'no approval without a step');
  assert.deepEqual(
    steps.map(({ state }) => state),
    steps.map(() => 'approved')
  );
  const parts = steps.flatMap(({ part }) => [part?.person, part?.onBehalfOf ?? undefined]);
  const people = parts.filter((person) => person !== undefined);
  assert.equal(new Set(people).size, people.length, 'nobody has two parts');
  assert(!people.includes(requester), 'nobody approves their own request');
  for (const { may, part } of steps) {
    assert(may.includes(part?.onBehalfOf ?? part?.person ?? STRANGER), 'one of those asked');
  }
}
