import assert from 'node:assert/strict';
import fc from 'fast-check';
import { aDepartment, aLevel, anAttribute, aPerson, aPurpose, aRecord, aWish } from './arbitraries';
import type { Decision, GrantChange, PersonState } from './company';
import type { Oracle, Request } from './oracle';
import { STRANGER, type SeenRequest, type World } from './world';

/** How often the ways that matter were gone: a run in which nothing is ever approved proves nothing. */
export const tally = {
  submitted: 0,
  approvals: 0,
  byDeputy: 0,
  grants: 0,
  expired: 0,
  reads: 0,
  refusedReads: 0,
  refusedDecisions: 0,
};

interface Action {
  text: string;
  /** Whether there is anything to do it with. */
  possible?: (oracle: Oracle) => boolean;
  run(oracle: Oracle, world: World): Promise<void>;
}

class Command implements fc.AsyncCommand<Oracle, World> {
  constructor(private readonly action: Action) {}
  check = (oracle: Readonly<Oracle>) => this.action.possible?.(oracle as Oracle) ?? true;
  toString = () => this.action.text;
  async run(oracle: Oracle, world: World): Promise<void> {
    await this.action.run(oracle, world);
    for (const request of oracle.requests) {
      oracle.assertAsSeen(request, await world.see(request.id));
    }
  }
}

/** Now and then another than the requester. */
const somebodyElse = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: aPerson }
);
const hasRequest = ({ requests }: Oracle) => requests.length > 0;
/** The latest mostly, else one before it. */
const aRequest = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(3) }
);
const requestOf = ({ requests }: Oracle, back: number) =>
  requests[requests.length - 1 - (back % requests.length)] as Request;
/** The same among those that were granted, if there are any. */
const grantedOf = ({ requests }: Oracle, back: number) => {
  const granted = requests.filter(({ grant }) => grant !== null);
  const among = granted.length > 0 ? granted : requests;
  return among[among.length - 1 - (back % among.length)] as Request;
};
/** Sometimes an account without a staff profile. */
const anybody = fc.oneof(
  { weight: 14, arbitrary: aPerson },
  { weight: 1, arbitrary: fc.constant(STRANGER) }
);

/** Decides the step and holds the answer against what had to be answered. */
async function decide(
  oracle: Oracle,
  world: World,
  by: number,
  request: Request,
  step: Request['steps'][number],
  decision: Decision
): Promise<boolean> {
  const capacities = oracle.capacities(by, request, step);
  const accepted = await world.decide(by, step.id, decision);
  if (!accepted) {
    tally.refusedDecisions += 1;
    assert.equal(capacities.all, false);
    return false;
  }
  assert.equal(capacities.any, true);
  const seen = (await world.see(request.id)).steps.find(({ id }) => id === step.id);
  assert.equal(seen?.decidedBy, by);
  const onBehalfOf = seen?.onBehalfOf ?? null;
  assert(capacities.in.includes(onBehalfOf), 'in a capacity of theirs');
  oracle.decisionTaken(request, step, { person: by, onBehalfOf }, decision);
  if (decision === 'approve') tally.approvals += 1;
  if (onBehalfOf !== null) tally.byDeputy += 1;
  if (request.grant) tally.grants += 1;
  // The same once more counts for nothing.
  assert.equal(await world.decide(by, step.id, decision), false);
  return true;
}

async function read(
  oracle: Oracle,
  world: World,
  by: number,
  record: number,
  attribute: 'email' | 'residentId',
  purpose: number
): Promise<void> {
  const opening = oracle.opening(by, record, attribute, purpose);
  const shown = await world.read(by, record, attribute, purpose);
  assert.equal(shown, opening.length > 0);
  tally[shown ? 'reads' : 'refusedReads'] += 1;
  if (!shown) return;
  const seen: SeenRequest[] = [];
  for (const { id } of opening) seen.push(await world.see(id));
  oracle.wasRead(opening, seen);
}

const submit = fc.tuple(anybody, aWish).map(([by, wish]): Action => ({
  text: `${by} submits ${JSON.stringify(wish)}`,
  async run(oracle, world) {
    const may = oracle.maySubmit(by, wish);
    const id = await world.submit(by, wish);
    assert.equal(id !== null, may);
    if (id === null) return;
    tally.submitted += 1;
    oracle.submitted(by, id, wish, await world.see(id));
  },
}));

const amend = fc.tuple(aRequest, somebodyElse, aWish).map(([back, other, wish]): Action => ({
  text: `${other ?? 'the requester'} amends request -${back}: ${JSON.stringify(wish)}`,
  possible: hasRequest,
  async run(oracle, world) {
    const request = requestOf(oracle, back);
    const by = other ?? request.requester;
    const may = oracle.mayAmend(by, request, wish);
    assert.equal(await world.amend(by, request.id, wish), may);
    if (may) oracle.amended(request, wish, await world.see(request.id));
  },
}));

const withdraw = fc.tuple(aRequest, somebodyElse).map(([back, other]): Action => ({
  text: `${other ?? 'the requester'} withdraws request -${back}`,
  possible: hasRequest,
  async run(oracle, world) {
    const request = requestOf(oracle, back);
    const by = other ?? request.requester;
    const may = oracle.mayWithdraw(by, request);
    assert.equal(await world.withdraw(by, request.id), may);
    if (may) oracle.withdrawn(request);
  },
}));

const decideOne = fc
  .tuple(
    anybody,
    aRequest,
    fc.nat(5),
    fc.constantFrom<Decision>('approve', 'approve', 'reject', 'return')
  )
  .map(([by, back, position, decision]): Action => ({
    text: `${by} decides step ${position} of request -${back}: ${decision}`,
    possible: hasRequest,
    async run(oracle, world) {
      const request = requestOf(oracle, back);
      const step = request.steps[position % request.steps.length];
      if (step) await decide(oracle, world, by, request, step, decision);
    },
  }));

/** People in this order approve whatever they may, so that some requests come to their end. */
const approveAll = fc
  .tuple(aRequest, fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 4 }))
  .map(([back, people]): Action => ({
    text: `${people.join()} approve what they may of request -${back}`,
    possible: hasRequest,
    async run(oracle, world) {
      const request = requestOf(oracle, back);
      // A stage that opens is for those who were asked before, too.
      for (const by of [...people, ...people]) {
        const step = request.steps.find((each) => oracle.capacities(by, request, each).all);
        if (step) await decide(oracle, world, by, request, step, 'approve');
      }
    },
  }));

/** Of those who are asked, one goes away, and somebody else decides in their place, or tries to. */
const standIn = fc
  .tuple(aRequest, fc.nat(5), fc.nat(5), aPerson)
  .map(([back, position, which, deputy]): Action => ({
    text: `${deputy} stands in for somebody asked (${which}) for step ${position} of request -${back}`,
    possible: hasRequest,
    async run(oracle, world) {
      const request = requestOf(oracle, back);
      const open = request.steps.filter((step) => oracle.isOpen(request, step));
      const step = open[position % open.length];
      const away = step?.may[which % step.may.length];
      if (!step || away === undefined || away === deputy) return;
      await world.addAbsence(away, deputy, 0, 2);
      oracle.addAbsence(away, deputy, 0, 2);
      await decide(oracle, world, deputy, request, step, 'approve');
    },
  }));

const changeGrant = fc
  .tuple(aRequest, fc.constantFrom<GrantChange>('revoke', 'suspend', 'resume', 'resume'))
  .map(([back, change]): Action => ({
    text: `the grant of request -${back}: ${change}`,
    possible: hasRequest,
    async run(oracle, world) {
      const request = requestOf(oracle, back);
      const may = oracle.mayChangeGrant(request, change);
      assert.equal(await world.changeGrant(0, request.id, change), may);
      if (may) oracle.grantChanged(request, change);
    },
  }));

const readOwn = fc
  .tuple(aRequest, fc.nat(2), fc.nat(1))
  .map(([back, record, attribute]): Action => ({
    text: `the requester of -${back} reads attribute ${attribute} of record ${record} of it`,
    possible: hasRequest,
    run(oracle, world) {
      const { requester, wish } = grantedOf(oracle, back);
      const { records, attributes, purpose } = wish;
      const which = records[record % records.length] ?? 0;
      const what = attributes[attribute % attributes.length] ?? 'email';
      return read(oracle, world, requester, which, what, purpose);
    },
  }));

const readAll = fc
  .tuple(aRecord, anAttribute, aPurpose)
  .map(([record, attribute, purpose]): Action => ({
    text: `everybody reads ${attribute} of record ${record} for purpose ${purpose}`,
    async run(oracle, world) {
      for (const by of [STRANGER, ...oracle.company.people.keys()]) {
        await read(oracle, world, by, record, attribute, purpose);
      }
    },
  }));

const changePerson = fc
  .tuple(
    aPerson,
    fc.oneof(
      fc.boolean().map((active): Partial<PersonState> => ({ active })),
      fc.option(aDepartment).map((department) => ({ department })),
      fc.option(aPerson).map((superior) => ({ superior })),
      fc.option(aPerson).map((deputy) => ({ deputy })),
      aLevel.map((level) => ({ level })),
      fc.boolean().map((accessSuspended) => ({ accessSuspended }))
    )
  )
  .map(([person, to]): Action => ({
    text: `${person} becomes ${JSON.stringify(to)}`,
    async run(oracle, world) {
      await world.setPerson(person, to);
      oracle.setPerson(person, to);
    },
  }));

/** The same to somebody of whom it matters. */
const changeRequester = fc
  .tuple(
    aRequest,
    fc.constantFrom<Partial<PersonState>>({ active: false }, { department: 0 }, { department: 1 }),
    fc.boolean()
  )
  .map(([back, to, andBack]): Action => ({
    text: `the requester of -${back} becomes ${JSON.stringify(to)}${andBack ? ' and back' : ''}`,
    possible: hasRequest,
    async run(oracle, world) {
      const { requester } = grantedOf(oracle, back);
      const { active, department } = oracle.company.people[requester] as PersonState;
      for (const each of andBack ? [to, { active, department }] : [to]) {
        await world.setPerson(requester, each);
        oracle.setPerson(requester, each);
      }
    },
  }));

const changeDepartment = fc
  .tuple(aDepartment, fc.option(aPerson))
  .map(([department, head]): Action => ({
    text: `department ${department} is headed by ${head}`,
    async run(oracle, world) {
      await world.setDepartment(department, { head });
      oracle.setDepartment(department, { head });
    },
  }));

const changePurpose = fc
  .tuple(aPurpose, fc.constantFrom([false], [true], [false, true]))
  .map(([purpose, states]): Action => ({
    text: `purpose ${purpose} is open: ${states.join()}`,
    async run(oracle, world) {
      for (const active of states) {
        await world.setPurpose(purpose, active);
        oracle.setPurpose(purpose, active);
      }
    },
  }));

const changeConsent = fc
  .tuple(aRecord, aPurpose, fc.boolean())
  .map(([record, purpose, andBack]): Action => ({
    text: `the consent of record ${record} for purpose ${purpose} changes${andBack ? ', twice' : ''}`,
    async run(oracle, world) {
      for (let times = andBack ? 2 : 1; times > 0; times -= 1) {
        const given = !oracle.hasConsent(record, purpose);
        await world.setConsent(record, purpose, given);
        oracle.setConsent(record, purpose, given);
      }
    },
  }));

const leave = fc
  .tuple(aPerson, fc.option(aPerson), fc.constantFrom(0, 0, 2), fc.integer({ min: 1, max: 9 }))
  .map(([person, deputy, inDays, days]): Action => ({
    text: `${person} is away in ${inDays} days for ${days}, with ${deputy}`,
    possible: ({ company }) =>
      deputy !== person && (deputy ?? company.people[person]?.deputy ?? null) !== null,
    async run(oracle, world) {
      await world.addAbsence(person, deputy, inDays, days);
      oracle.addAbsence(person, deputy, inDays, days);
    },
  }));

const pass = fc.constantFrom(1, 3, 15).map((days): Action => ({
  text: `${days} days pass`,
  async run(oracle, world) {
    await world.pass(days);
    oracle.pass(days);
  },
}));

/** Nobody decides in time, once or twice: the superiors are asked too, and then the request expires. */
const deadlinesPass = fc.constantFrom([0], [15], [15, 15]).map((waits): Action => ({
  text: `the deadlines are enforced after ${waits.join(' and ')} days`,
  async run(oracle, world) {
    for (const days of waits) {
      await world.pass(days);
      oracle.pass(days);
      const before = new Map<string, SeenRequest>();
      for (const { id } of oracle.requests) before.set(id, await world.see(id));
      await world.runDeadlines();
      oracle.deadlinesEnforced(before);
      if (oracle.requests.some(({ state }) => state === 'expired')) tally.expired += 1;
    }
  },
}));

const runGrantEnds = fc.constant<Action>({
  text: 'grants without a basis are ended',
  async run(oracle, world) {
    await world.runGrantEnds();
    oracle.grantsEnded();
  },
});

/** Random sequences of what random people do, and of what happens to them. */
export const someCommands = (most: number) =>
  fc.commands(
    [
      ...[submit, submit, submit, approveAll, approveAll, approveAll, decideOne, decideOne],
      ...[readOwn, readOwn, readOwn, readAll, changeGrant, changeGrant, amend, withdraw],
      ...[changePerson, changeRequester, changeDepartment, changePurpose, changeConsent],
      ...[leave, standIn, standIn, pass, deadlinesPass, runGrantEnds],
    ].map((action: fc.Arbitrary<Action>) => action.map((each) => new Command(each))),
    { maxCommands: most, size: 'max' }
  );
