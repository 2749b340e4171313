import type { ConsentScope, ContactChannel } from '../../api/vocabulary';

/** Nothing chosen: a select has no empty value of its own. */
export const NONE = 'none';

export interface AnswerDraft {
  purpose: string;
  scope: ConsentScope;
  channel: ContactChannel;
  agreed: boolean;
}

/** The form as it is filled in. */
export interface ConsentDraft {
  notice: string;
  noticeVersion: string;
  evidenceKind: 'signed-paper' | 'electronic';
  evidence: string;
  evidenceFile: string;
  /** `YYYY-MM-DD`; empty: now. */
  givenOn: string;
  guardianContact: string;
  guardianRelationship: string;
  answers: AnswerDraft[];
}

export const newAnswer = (purpose: string): AnswerDraft => ({
  purpose,
  scope: 'general',
  channel: 'any',
  agreed: true,
});

const chosen = (value: string): string | null => (value === NONE ? null : value);

/** What is sent of it: what is left open is left out. A day of before is meant from its beginning. */
export function requestOf(draft: ConsentDraft): object {
  const { notice, noticeVersion, givenOn, evidence, evidenceKind, answers } = draft;
  const guardian = chosen(draft.guardianContact);
  const body = {
    notice: chosen(notice),
    noticeVersion: notice === NONE ? noticeVersion.trim() : null,
    evidenceKind,
    evidence: evidence.trim(),
    evidenceFile: chosen(draft.evidenceFile),
    givenAt: givenOn === '' ? null : new Date(`${givenOn}T00:00`).toISOString(),
    guardianContact: guardian,
    guardianRelationship: guardian && chosen(draft.guardianRelationship),
    answers,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
