import type { InternalAuditView } from '../../api/types';
import {
  evidenceInput,
  findingProblems,
  lastDueDay,
  NEW_FINDING,
  planDraft,
  planInput,
  planProblems,
  type PlanDraft,
} from './draft';

const person = { documentId: 'p1', name: 'Li Na' };
const complete: PlanDraft = {
  ...planDraft(),
  title: ' First half ',
  periodFrom: '2030-01-01',
  periodTo: '2030-06-30',
  plannedOn: '2030-07-01',
  lead: person,
};

it('a new plan covers all chapters, and says what is missing', () => {
  expect(planDraft().chapters).toHaveLength(7);
  expect(Object.keys(planProblems(planDraft())).sort()).toEqual([
    'lead',
    'periodFrom',
    'periodTo',
    'plannedOn',
    'title',
  ]);
  expect(planProblems(complete)).toEqual({});
});

it('a period does not end before it begins, and a special audit says why there is one', () => {
  expect(planProblems({ ...complete, periodTo: '2029-12-31' })).toEqual({
    periodTo: 'error.periodOrder',
  });
  expect(planProblems({ ...complete, kind: 'special' })).toEqual({ reason: 'error.required' });
});

it('a plan is sent with ids, and without a reason where the audit is a scheduled one', () => {
  expect(planInput({ ...complete, reason: 'typed before', auditors: [person] })).toMatchObject({
    title: 'First half',
    reason: null,
    lead: 'p1',
    auditors: ['p1'],
  });
});

it('a plan that is revised begins with what it was', () => {
  const audit = {
    ...complete,
    title: null,
    reason: null,
    scope: {
      departments: [{ code: 'SE', name: 'Sales East' }],
      types: [],
      chapters: ['use'],
    },
  } as unknown as InternalAuditView;
  expect(planDraft(audit)).toMatchObject({
    title: '',
    departments: ['SE'],
    chapters: ['use'],
    lead: person,
  });
});

it('a finding needs a chapter, a description, somebody responsible and a date', () => {
  expect(Object.keys(findingProblems(NEW_FINDING)).sort()).toEqual([
    'chapter',
    'description',
    'dueOn',
    'responsible',
  ]);
});

it('the last due day comes of the severity by the policy', () => {
  const now = Date.parse('2030-01-30T08:00:00Z');
  const options = { dueDays: { minor: 90, major: 30, critical: 7 } };
  expect(lastDueDay('critical', options, now)).toBe('2030-02-06');
  expect(lastDueDay('major', options, now)).toBe('2030-03-01');
});

it('evidence without a reference is left out', () => {
  expect(
    evidenceInput([
      { key: 1, kind: 'link', reference: ' https://wiki.example ' },
      { key: 2, kind: 'entry', reference: '  ' },
    ])
  ).toEqual([{ kind: 'link', reference: 'https://wiki.example' }]);
});
