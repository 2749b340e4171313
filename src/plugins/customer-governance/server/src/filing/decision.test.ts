import { loadPolicy } from '../policy/load';
import { decisionProblems, takesPart } from './decision';

const { filing } = loadPolicy({
  filing: {
    checklist: [
      { code: 'complete', omit: true },
      { code: 'accurate', omit: true },
      { code: 'signed', name: 'Signed' },
    ],
  },
});
const reasonsFor = (decision: Parameters<typeof decisionProblems>[1]) =>
  decisionProblems(filing, decision).map(({ path, reason }) => `${path.join('.')} ${reason}`);

it('answers every item of the checklist, and none that is not there', () => {
  expect(filing.checklist.map(({ code }) => code)).toEqual(['compliant', 'signed']);
  expect(reasonsFor({ decision: 'file', checklist: { compliant: true, other: true } })).toEqual([
    'checklist.other is no item of the checklist',
    'checklist.signed must be answered: every item of the checklist is',
  ]);
});

it('files nothing that an item speaks against', () => {
  const checklist = { compliant: true, signed: false };
  expect(reasonsFor({ decision: 'file', checklist })).toEqual([
    'checklist.signed is answered with no: return the customer instead of filing it',
  ]);
  expect(
    reasonsFor({ decision: 'return', checklist, reasons: 'The signature is missing' })
  ).toEqual([]);
});

it('returns nothing without a reason', () => {
  const checklist = { compliant: true, signed: true };
  expect(reasonsFor({ decision: 'return', checklist, reasons: '  ' })).toEqual([
    'reasons must say what is to be corrected',
  ]);
});

it('is made by nobody who entered or submitted the customer, and by no owner where the policy says so', () => {
  const involved = { enteredBy: 1, submittedBy: 2, owner: 3 };
  expect([1, 2, 3, 4].map((id) => takesPart('not-enterer', id, involved))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(takesPart('not-enterer-nor-owner', 3, involved)).toBe(true);
  const nobody = { enteredBy: null, submittedBy: null, owner: null };
  expect(takesPart('not-enterer-nor-owner', 4, nobody)).toBe(false);
});
