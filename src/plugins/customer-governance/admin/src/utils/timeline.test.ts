import type { AccessRequestView, StepView } from '../api/types';
import { timelineOf } from './timeline';

const NOW = Date.parse('2030-03-05T00:00:00.000Z');

const step = (position: number, change: Partial<StepView> = {}): StepView => ({
  id: position + 1,
  round: 1,
  position,
  stage: position,
  role: 'superior',
  state: 'approved',
  decidedBy: { name: 'Wang Fang' },
  decidedAt: `2030-03-0${position + 2}T00:00:00.000Z`,
  comment: null,
  dueAt: null,
  eligible: [],
  ...change,
});

const request = (change: Partial<AccessRequestView> = {}): AccessRequestView => ({
  documentId: 'r1',
  purpose: null,
  recordType: 'plugin::customer-governance.customer',
  records: [],
  attributes: ['mobile'],
  termDays: 7,
  reason: 'Signing',
  state: 'approved',
  submittedAt: '2030-03-01T00:00:00.000Z',
  decidedAt: '2030-03-03T00:00:00.000Z',
  requester: { name: 'Li Na' },
  steps: [step(1), step(0)],
  grant: {
    documentId: 'g1',
    state: 'active',
    startsAt: '2030-03-03T00:00:00.000Z',
    endsAt: '2030-03-10T00:00:00.000Z',
  },
  ...change,
});

const shape = (...change: Parameters<typeof request>) =>
  timelineOf(request(...change), NOW).map((event) => [
    event.kind === 'step' ? `step ${event.step.position}` : event.kind,
    event.ahead,
  ]);

describe('the timeline of a request', () => {
  it('goes from the submission over the steps, in their order, to the end that is to come', () => {
    expect(shape()).toEqual([
      ['submitted', false],
      ['step 0', false],
      ['step 1', false],
      ['granted', false],
      ['ends', true],
    ]);
  });

  it('shows what is still to be decided as ahead', () => {
    const steps = [
      step(0, { state: 'pending', decidedAt: null, decidedBy: null }),
      step(1, { state: 'waiting', decidedAt: null, decidedBy: null }),
    ];
    expect(shape({ state: 'submitted', steps, grant: null })).toEqual([
      ['submitted', false],
      ['step 0', true],
      ['step 1', true],
    ]);
  });

  it('ends with the rejection, without the steps that were never reached', () => {
    const steps = [step(0, { state: 'rejected' }), step(1, { state: 'cancelled' })];
    expect(shape({ state: 'rejected', steps, grant: null })).toEqual([
      ['submitted', false],
      ['step 0', false],
    ]);
  });

  it('ends with the withdrawal', () => {
    const steps = [step(0, { state: 'cancelled' })];
    expect(shape({ state: 'withdrawn', steps, grant: null }).at(-1)).toEqual(['withdrawn', false]);
  });

  it('tells of each round what was decided, and that it was submitted anew in between', () => {
    const steps = [
      step(0, { round: 2, state: 'pending', decidedAt: null, decidedBy: null }),
      step(0, { state: 'returned', comment: 'Fewer records, please' }),
      step(1, { state: 'cancelled' }),
    ];
    const events = timelineOf(request({ state: 'submitted', steps, grant: null }), NOW);
    expect(events.map(({ kind, at, ahead }) => [kind, at, ahead])).toEqual([
      ['submitted', null, false],
      ['step', '2030-03-02T00:00:00.000Z', false],
      ['resubmitted', '2030-03-01T00:00:00.000Z', false],
      ['step', null, true],
    ]);
  });

  it('says of a draft that nobody has it yet', () => {
    expect(shape({ state: 'draft', submittedAt: null, steps: [], grant: null })).toEqual([
      ['draft', true],
    ]);
  });

  it('tells that a grant is suspended, and why one ended early', () => {
    const grant = { documentId: 'g1', endsAt: '2030-03-10T00:00:00.000Z' };
    const kinds = shape({ grant: { ...grant, state: 'suspended' } }).map(([kind]) => kind);
    expect(kinds.slice(-2)).toEqual(['suspended', 'ends']);
    const usedUp = { ...grant, state: 'used-up' as const, endReason: 'used-up' };
    expect(timelineOf(request({ grant: usedUp }), NOW).at(-1)).toEqual({
      kind: 'ended',
      at: null,
      ahead: false,
      reason: 'used-up',
    });
  });

  it('tells a revocation with its reason instead of the end', () => {
    const grant = {
      documentId: 'g1',
      state: 'revoked' as const,
      endsAt: '2030-03-10T00:00:00.000Z',
      revokedAt: '2030-03-04T00:00:00.000Z',
      revokeReason: 'The contract is signed',
    };
    expect(timelineOf(request({ grant }), NOW).at(-1)).toEqual({
      kind: 'revoked',
      at: '2030-03-04T00:00:00.000Z',
      ahead: false,
      note: 'The contract is signed',
    });
  });

  it('tells that the term is over once it is, whether or not the server has swept it', () => {
    const grant = {
      documentId: 'g1',
      state: 'active' as const,
      endsAt: '2030-03-04T00:00:00.000Z',
    };
    expect(shape({ grant }).at(-1)).toEqual(['ended', false]);
  });
});
