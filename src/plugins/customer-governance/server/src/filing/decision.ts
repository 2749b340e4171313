import type { FilingPolicy } from '../policy';

export interface Decision {
  decision: 'file' | 'return';
  /** Every item of the policy's checklist with its answer. */
  checklist: Readonly<Record<string, boolean>>;
  /** Why it goes back: whoever entered it corrects it by them. */
  reasons?: string | null;
}

export interface Problem {
  path: string[];
  reason: string;
}

/** What is wrong with a decision by itself. */
export function decisionProblems({ checklist }: FilingPolicy, made: Decision): Problem[] {
  const known = new Set(checklist.map(({ code }) => code));
  const unknown = Object.keys(made.checklist)
    .filter((code) => !known.has(code))
    .map((code) => ({ path: ['checklist', code], reason: 'is no item of the checklist' }));
  const unanswered = checklist
    .filter(({ code }) => !Object.hasOwn(made.checklist, code))
    .map(({ code }) => ({
      path: ['checklist', code],
      reason: 'must be answered: every item of the checklist is',
    }));
  const denied =
    made.decision === 'file'
      ? checklist
          .filter(({ code }) => made.checklist[code] === false)
          .map(({ code }) => ({
            path: ['checklist', code],
            reason: 'is answered with no: return the customer instead of filing it',
          }))
      : [];
  const unreasoned =
    made.decision === 'return' && !made.reasons?.trim()
      ? [{ path: ['reasons'], reason: 'must say what is to be corrected' }]
      : [];
  return [...unknown, ...unanswered, ...denied, ...unreasoned];
}

export interface Involved {
  /** Staff by id; `null` where nobody is known. */
  enteredBy: number | null;
  submittedBy: number | null;
  owner: number | null;
}

/** Whether somebody took part in what is reviewed, and so does not review it. By staff id: all accounts of a person are one. */
export const takesPart = (
  reviewer: FilingPolicy['reviewer'],
  person: number,
  { enteredBy, submittedBy, owner }: Involved
): boolean =>
  person === enteredBy ||
  person === submittedBy ||
  (reviewer === 'not-enterer-nor-owner' && person === owner);
