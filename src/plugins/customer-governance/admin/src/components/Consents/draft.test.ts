import { newAnswer, NONE, requestOf, type ConsentDraft } from './draft';

const draft: ConsentDraft = {
  notice: 'n1',
  noticeVersion: 'typed before another notice was chosen',
  evidenceKind: 'signed-paper',
  evidence: ' scan 7 ',
  evidenceFile: NONE,
  givenOn: '',
  guardianContact: NONE,
  guardianRelationship: 'parent',
  answers: [newAnswer('marketing')],
};

describe('the form that records consents', () => {
  it('sends what is filled in, and nothing that belongs to what was not chosen', () => {
    expect(requestOf(draft)).toEqual({
      notice: 'n1',
      evidenceKind: 'signed-paper',
      evidence: 'scan 7',
      answers: [{ purpose: 'marketing', scope: 'general', channel: 'any', agreed: true }],
    });
  });

  it('sends a version where there is no notice, the day and the guardian', () => {
    const sent = requestOf({
      ...draft,
      notice: NONE,
      noticeVersion: ' 3 ',
      givenOn: '2026-03-01',
      guardianContact: 'c1',
    });
    expect(sent).toMatchObject({
      noticeVersion: '3',
      guardianContact: 'c1',
      guardianRelationship: 'parent',
    });
    expect(sent).not.toHaveProperty('notice');
    expect((sent as { givenAt: string }).givenAt).toBe(new Date('2026-03-01T00:00').toISOString());
  });
});
