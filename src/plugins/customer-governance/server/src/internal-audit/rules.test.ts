import fc from 'fast-check';
import { AUDIT_STATES, FINDING_STATES, type AuditState, type FindingState } from './models';
import {
  assignRefusal,
  AUDIT_MOVES,
  auditRefusal,
  FINDING_MOVES,
  findingRefusal,
  openRefusal,
  type Acting,
  type AuditAct,
  type AuditFacts,
  type FindingAct,
} from './rules';

const PEOPLE = [1, 2, 3];
const AUDIT_ACTS = Object.keys(AUDIT_MOVES) as AuditAct[];
const FINDING_ACTS = Object.keys(FINDING_MOVES) as FindingAct[];

const audit: AuditFacts = {
  state: 'planned',
  lead: 1,
  team: [1, 2],
  leadInScope: false,
  findings: 0,
  unclosed: 0,
};
const lead: Acting = { id: 1, manages: true };

describe('an audit', () => {
  it.each<[AuditAct, AuditState[]]>([
    ['start', ['planned']],
    ['report', ['in-progress']],
    ['close', ['reported']],
    ['cancel', ['planned', 'in-progress']],
  ])('can %s in the states %j alone', (act, states) => {
    const possible = AUDIT_STATES.filter(
      (state) => auditRefusal(act, { ...audit, state }, lead) === null
    );
    expect(possible).toEqual(states);
  });

  it.each<[string, AuditAct, Partial<AuditFacts>, Acting, string]>([
    ['without the permission', 'start', {}, { id: 1, manages: false }, 'permission'],
    ['by whoever is not on its team', 'start', {}, { id: 3, manages: true }, 'team'],
    ['before somebody leads it', 'start', { lead: null }, lead, 'no-lead'],
    ['of the department of its lead', 'start', { leadInScope: true }, lead, 'own-department'],
    ['with open findings', 'close', { state: 'reported', unclosed: 1 }, lead, 'unclosed'],
    ['that has found something', 'cancel', { findings: 1 }, lead, 'findings'],
  ])('%s is refused: %s', (_what, act, facts, person, refusal) => {
    expect(auditRefusal(act, { ...audit, ...facts }, person)).toBe(refusal);
  });

  it('finds nothing but while it is in progress', () => {
    const states = AUDIT_STATES.filter((state) => openRefusal({ state, team: [1] }, lead) === null);
    expect(states).toEqual(['in-progress']);
    expect(openRefusal({ state: 'in-progress', team: [2] }, lead)).toBe('team');
  });
});

describe('a finding', () => {
  const finding = { state: 'open' as FindingState, responsible: 4, remediator: 4 };

  it.each<[FindingAct, FindingState[]]>([
    ['remediate', ['open', 'reopened']],
    ['recheck', ['remediated']],
    ['reopen', ['remediated']],
    ['close', ['rechecked']],
  ])('can %s in the states %j alone', (act, states) => {
    const possible = FINDING_STATES.filter(
      (state) => findingRefusal(act, { ...finding, state }, audit, lead) === null
    );
    expect(possible).toEqual(states);
  });

  it('is remediated by the person responsible without any permission, and by nobody else without one', () => {
    const remediate = (id: number) =>
      findingRefusal('remediate', finding, audit, { id, manages: false });
    expect(remediate(4)).toBeNull();
    expect(remediate(1)).toBe('not-responsible');
  });

  it('is re-checked and closed by nobody who is responsible for it or remediated it', () => {
    for (const [act, state] of [
      ['recheck', 'remediated'],
      ['reopen', 'remediated'],
      ['close', 'rechecked'],
    ] as const) {
      const refusal = (responsible: number, remediator: number) =>
        findingRefusal(act, { state, responsible, remediator }, audit, lead);
      expect([refusal(lead.id, 4), refusal(4, lead.id)]).toEqual(['responsible', 'remediator']);
    }
  });

  it('is given to somebody else only while it is to be remediated, by the team', () => {
    const states = FINDING_STATES.filter((state) => assignRefusal({ state }, audit, lead) === null);
    expect(states).toEqual(['open', 'reopened']);
    expect(assignRefusal({ state: 'open' }, audit, { id: 4, manages: true })).toBe('team');
  });
});

/** What somebody tries: an act on the audit, a new finding with who is responsible, or an act on one of the findings. */
const attempt = fc.record({
  person: fc.constantFrom(...PEOPLE),
  // Mostly people who may, and few findings, so that most tries lead somewhere.
  manages: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  act: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        on: fc.constant('finding' as const),
        which: fc.nat(1),
        act: fc.constantFrom(...FINDING_ACTS),
      }),
    },
    fc.record({ on: fc.constant('audit' as const), act: fc.constantFrom(...AUDIT_ACTS) }),
    fc.record({ on: fc.constant('open' as const), responsible: fc.constantFrom(...PEOPLE) })
  ),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

interface Finding {
  state: FindingState;
  responsible: number;
  remediator: number | null;
  checkedBy: number[];
}

/** Carries out what the rules allow, one after the other. */
function carryOut(attempts: Attempt[], team: number[]) {
  let state: AuditState = 'planned';
  const findings: Finding[] = [];
  for (const { person: id, manages, act } of attempts) {
    const person = { id, manages };
    const facts: AuditFacts = {
      state,
      lead: team[0] ?? null,
      team,
      leadInScope: false,
      findings: findings.length,
      unclosed: findings.filter((finding) => finding.state !== 'closed').length,
    };
    if (act.on === 'audit') {
      if (auditRefusal(act.act, facts, person) === null) state = AUDIT_MOVES[act.act].to;
    } else if (act.on === 'open') {
      if (openRefusal(facts, person) === null) {
        findings.push({
          state: 'open',
          responsible: act.responsible,
          remediator: null,
          checkedBy: [],
        });
      }
    } else {
      const finding = findings[act.which];
      if (!finding || findingRefusal(act.act, finding, facts, person) !== null) continue;
      finding.state = FINDING_MOVES[act.act].to;
      if (act.act === 'remediate') finding.remediator = id;
      else if ([finding.responsible, finding.remediator].includes(id)) finding.checkedBy.push(id);
    }
  }
  return { state, findings };
}

describe('whatever people try, in any order', () => {
  const tries = fc.array(attempt, { minLength: 20, maxLength: 80 });
  const teams = fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1 });

  it('no audit is closed or cancelled while a finding of it is not closed', () => {
    fc.assert(
      fc.property(tries, teams, (attempts, team) => {
        const { state, findings } = carryOut(attempts, team);
        if (state === 'closed') {
          expect(findings.filter((finding) => finding.state !== 'closed')).toEqual([]);
        }
        if (state === 'cancelled') expect(findings).toEqual([]);
      }),
      { numRuns: 2000 }
    );
  });

  it('nobody re-checks or closes a finding for which they are responsible or that they remediated', () => {
    fc.assert(
      fc.property(tries, teams, (attempts, team) => {
        const { findings } = carryOut(attempts, team);
        expect(findings.flatMap(({ checkedBy }) => checkedBy)).toEqual([]);
      }),
      { numRuns: 2000 }
    );
  });

  it('there is a way to the closure of an audit with a finding', () => {
    const by = (person: number, act: Attempt['act']): Attempt => ({ person, manages: true, act });
    const on = 'finding' as const;
    const { state, findings } = carryOut(
      [
        by(1, { on: 'audit', act: 'start' }),
        by(1, { on: 'open', responsible: 4 }),
        by(1, { on: 'audit', act: 'report' }),
        by(1, { on: 'audit', act: 'close' }),
        by(4, { on, which: 0, act: 'remediate' }),
        by(2, { on, which: 0, act: 'reopen' }),
        by(4, { on, which: 0, act: 'remediate' }),
        by(2, { on, which: 0, act: 'recheck' }),
        by(4, { on, which: 0, act: 'close' }),
        by(1, { on, which: 0, act: 'close' }),
        by(1, { on: 'audit', act: 'close' }),
      ],
      [1, 2]
    );
    expect([state, findings[0]?.state]).toEqual(['closed', 'closed']);
  });
});
