import * as React from 'react';

import { Flex, Grid } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { AuditOptions, InternalAuditView } from '../../api/types';
import { AUDIT_KINDS, CHAPTERS } from '../../api/vocabulary';
import { FormDialog } from '../../components/FormDialog';
import { ResourceView } from '../../components/ResourceView';
import { useResource } from '../../hooks/useResource';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useTerm, useTranslate, useTypeLabel } from '../../hooks/useTranslate';
import { planDraft, planInput, planProblems, type PlanDraft, type Problems } from './draft';
import { ChoiceField, DayField, LineField, TextField, TicksField } from '../../components/fields';
import { PeopleField, PersonField } from '../../components/PeopleFields';

interface PlanDialogProps {
  /** The audit whose plan is revised; left out for a new one. */
  audit?: InternalAuditView;
  onDone: (audit: InternalAuditView) => void;
  onClose: () => void;
}

interface PlanFieldsProps {
  draft: PlanDraft;
  options: AuditOptions;
  error: (field: keyof PlanDraft) => string | undefined;
  change: (part: Partial<PlanDraft>) => void;
}

/** What is audited, over which period, and why. */
const SubjectFields = ({ draft, options, error, change }: PlanFieldsProps) => {
  const t = useTranslate();
  const term = useTerm();
  const typeLabel = useTypeLabel();
  return (
    <>
      <ChoiceField
        name="kind"
        label={t('audits.kind')}
        value={draft.kind}
        choices={AUDIT_KINDS.map((kind) => ({ value: kind, label: term('auditKind', kind) }))}
        onChange={(value) =>
          change({ kind: AUDIT_KINDS.find((kind) => kind === value) ?? draft.kind })
        }
      />
      <LineField
        name="title"
        required
        maxLength={200}
        label={t('audits.titleLabel')}
        value={draft.title}
        error={error('title')}
        onChange={(title) => change({ title })}
      />
      {draft.kind === 'special' && (
        <TextField
          name="reason"
          required
          maxLength={2000}
          label={t('audits.reason')}
          value={draft.reason}
          error={error('reason')}
          onChange={(reason) => change({ reason })}
        />
      )}
      <TicksField
        label={t('audits.chapters')}
        required
        choices={CHAPTERS.map((chapter) => ({ value: chapter, label: term('chapter', chapter) }))}
        chosen={draft.chapters}
        error={error('chapters')}
        onChange={(chapters) => change({ chapters })}
      />
      <TicksField
        label={t('audits.departments')}
        hint={t('audits.departmentsHint')}
        choices={options.departments.map(({ code, name }) => ({ value: code, label: name }))}
        chosen={draft.departments}
        onChange={(departments) => change({ departments })}
      />
      <TicksField
        label={t('audits.types')}
        hint={t('audits.typesHint')}
        choices={options.types.map((uid) => ({ value: uid, label: typeLabel(uid) }))}
        chosen={draft.types}
        onChange={(types) => change({ types })}
      />
    </>
  );
};

const PlanFields = (props: PlanFieldsProps) => {
  const { draft, error, change } = props;
  const t = useTranslate();
  const day = (name: 'periodFrom' | 'periodTo' | 'plannedOn') => (
    <Grid.Item col={4} xs={12} direction="column" alignItems="stretch">
      <DayField
        name={name}
        required
        label={t(`audits.${name}`)}
        value={draft[name]}
        error={error(name)}
        onChange={(value) => change({ [name]: value })}
      />
    </Grid.Item>
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <SubjectFields {...props} />
      <Grid.Root gap={4}>
        {day('periodFrom')}
        {day('periodTo')}
        {day('plannedOn')}
      </Grid.Root>
      <PersonField
        name="lead"
        required
        label={t('audits.lead')}
        hint={t('audits.leadHint')}
        value={draft.lead}
        error={error('lead')}
        onChange={(lead) => change({ lead })}
      />
      <PeopleField
        name="auditors"
        label={t('audits.auditors')}
        value={draft.auditors}
        onChange={(auditors) => change({ auditors })}
      />
    </Flex>
  );
};

/** Plans an audit, or revises the plan of one that has not begun. */
export const PlanDialog = ({ audit, onDone, onClose }: PlanDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const options = useResource<AuditOptions>(apiPath('/internal-audits/options'));
  const [draft, setDraft] = React.useState(() => planDraft(audit));
  const [problems, setProblems] = React.useState<Problems<PlanDraft>>({});

  const change = (part: Partial<PlanDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    // Once the person was told what is missing, each correction counts at once.
    if (Object.keys(problems).length > 0) setProblems(planProblems(next));
  };
  const error = (field: keyof PlanDraft): string | undefined => {
    const id = problems[field];
    return id && t(id);
  };

  const send = async (): Promise<void> => {
    const found = planProblems(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const saved = audit
      ? await submission.put<InternalAuditView>(
          `/internal-audits/${encodeURIComponent(audit.documentId)}`,
          planInput(draft)
        )
      : await submission.post<InternalAuditView>('/internal-audits', planInput(draft));
    if (!saved) return;
    notify('success', t('audits.saved', { number: saved.number }));
    onDone(saved);
  };

  return (
    <FormDialog
      title={audit ? t('audits.reviseTitle', { number: audit.number }) : t('audits.plan')}
      confirmLabel={t('audits.save')}
      submission={submission}
      onConfirm={send}
      onClose={onClose}
    >
      <ResourceView resource={options}>
        {(known) => <PlanFields draft={draft} options={known} error={error} change={change} />}
      </ResourceView>
    </FormDialog>
  );
};
