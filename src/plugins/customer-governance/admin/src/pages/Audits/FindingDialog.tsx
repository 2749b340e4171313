import * as React from 'react';

import { apiPath } from '../../api/paths';
import type { AuditOptions, FindingView, InternalAuditView } from '../../api/types';
import { CHAPTERS, SEVERITIES } from '../../api/vocabulary';
import { FormDialog } from '../../components/FormDialog';
import { useFormat } from '../../hooks/useFormat';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import {
  findingProblems,
  lastDueDay,
  NEW_FINDING,
  type FindingDraft,
  type Problems,
} from './draft';
import { ChoiceField, DayField, TextField } from '../../components/fields';
import { PersonField } from '../../components/PeopleFields';

type FindingDialogProps = {
  onDone: () => void;
  onClose: () => void;
} & (
  { audit: InternalAuditView; finding?: undefined } | { audit?: undefined; finding: FindingView }
);

const draftOf = (finding?: FindingView): FindingDraft =>
  finding
    ? {
        severity: finding.severity,
        chapter: finding.chapter,
        description: finding.description,
        responsible: finding.responsible,
        dueOn: finding.dueOn,
      }
    : NEW_FINDING;

/** Puts a finding on record in an audit, or gives one to another person or another date. */
export const FindingDialog = ({ audit, finding, onDone, onClose }: FindingDialogProps) => {
  const t = useTranslate();
  const term = useTerm();
  const notify = useNotify();
  const { date } = useFormat();
  const submission = useSubmission();
  const options = useResource<AuditOptions>(apiPath('/internal-audits/options'));
  const [draft, setDraft] = React.useState(() => draftOf(finding));
  const [problems, setProblems] = React.useState<Problems<FindingDraft>>({});
  const last = options.data && lastDueDay(draft.severity, options.data, Date.now());

  const change = (part: Partial<FindingDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    if (Object.keys(problems).length > 0) setProblems(findingProblems(next));
  };
  const error = (field: keyof FindingDraft): string | undefined => {
    const id = problems[field];
    return id && t(id);
  };

  const send = async (): Promise<void> => {
    const found = findingProblems(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const assignment = { responsible: draft.responsible?.documentId, dueOn: draft.dueOn };
    const saved = finding
      ? await submission.put<FindingView>(
          `/audit-findings/${encodeURIComponent(finding.documentId)}`,
          assignment
        )
      : await submission.post<FindingView>(
          `/internal-audits/${encodeURIComponent(audit.documentId)}/findings`,
          {
            severity: draft.severity,
            chapter: draft.chapter,
            description: draft.description.trim(),
            ...assignment,
          }
        );
    if (!saved) return;
    notify('success', t('finding.saved', { number: saved.number }));
    onDone();
  };

  return (
    <FormDialog
      title={
        finding
          ? t('finding.assignOf', { number: finding.number })
          : t('finding.openOf', { number: audit.number })
      }
      confirmLabel={t('audits.save')}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      {!finding && (
        <>
          <ChoiceField
            name="severity"
            label={t('finding.severity')}
            value={draft.severity}
            choices={SEVERITIES.map((each) => ({ value: each, label: term('severity', each) }))}
            onChange={(value) =>
              change({ severity: SEVERITIES.find((each) => each === value) ?? draft.severity })
            }
          />
          <ChoiceField
            name="chapter"
            required
            label={t('finding.chapter')}
            value={draft.chapter}
            error={error('chapter')}
            choices={CHAPTERS.map((each) => ({ value: each, label: term('chapter', each) }))}
            onChange={(value) => change({ chapter: CHAPTERS.find((each) => each === value) ?? '' })}
          />
          <TextField
            name="description"
            required
            maxLength={5000}
            label={t('finding.description')}
            value={draft.description}
            error={error('description')}
            onChange={(description) => change({ description })}
          />
        </>
      )}
      <PersonField
        name="responsible"
        required
        label={t('finding.responsible')}
        hint={t('finding.responsibleHint')}
        value={draft.responsible}
        error={error('responsible')}
        onChange={(responsible) => change({ responsible })}
      />
      <DayField
        name="dueOn"
        required
        label={t('finding.dueOn')}
        hint={last && t('finding.dueHint', { day: date(last) })}
        max={last}
        value={draft.dueOn}
        error={error('dueOn')}
        onChange={(dueOn) => change({ dueOn })}
      />
    </FormDialog>
  );
};
