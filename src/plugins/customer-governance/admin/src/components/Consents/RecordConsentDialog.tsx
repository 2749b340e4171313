import * as React from 'react';

import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';

import type { ConsentOptions } from '../../api/consents';
import { apiPath } from '../../api/paths';
import type { AttachmentView, Page } from '../../api/types';
import { GUARDIAN_RELATIONSHIPS } from '../../api/vocabulary';
import { useResource } from '../../hooks/useResource';
import { useSubmission } from '../../hooks/useSubmission';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { ChoiceField, DayField, LineField } from '../fields';
import { FormDialog } from '../FormDialog';
import { AnswerRow } from './AnswerRow';
import { NONE, newAnswer, requestOf, type ConsentDraft } from './draft';

interface RecordConsentDialogProps {
  customer: string;
  options: ConsentOptions;
  onDone: () => void;
  onClose: () => void;
}

/** The notice that the customer's plan shows now, or else the only one that there is. */
const usualNotice = ({ notices, plan }: ConsentOptions): string => {
  const current = notices.filter(({ current: is }) => is);
  const ofPlan = current.find(({ code }) => code === plan?.notice);
  return (ofPlan ?? (current.length === 1 ? current[0] : undefined))?.documentId ?? NONE;
};

/** Records what a customer answered: on which notice, on which evidence, box by box. */
export const RecordConsentDialog = ({
  customer,
  options,
  onDone,
  onClose,
}: RecordConsentDialogProps) => {
  const t = useTranslate();
  const term = useTerm();
  const submission = useSubmission();
  const files = useResource<Page<AttachmentView>>(
    apiPath(`/customers/${encodeURIComponent(customer)}/attachments`, { limit: 100 })
  );
  const [tried, setTried] = React.useState(false);
  const [draft, setDraft] = React.useState<ConsentDraft>(() => ({
    notice: usualNotice(options),
    noticeVersion: options.plan?.notice ? '' : (options.plan?.noticeVersion ?? ''),
    evidenceKind: 'signed-paper',
    evidence: '',
    evidenceFile: NONE,
    givenOn: '',
    guardianContact: NONE,
    guardianRelationship: NONE,
    answers: [newAnswer(options.plan?.purposes[0] ?? options.purposes[0]?.code ?? '')],
  }));
  const set = (change: Partial<ConsentDraft>): void => setDraft({ ...draft, ...change });
  const missing = (value: string): string | undefined =>
    tried && value.trim() === '' ? t('error.required') : undefined;

  const save = async (): Promise<void> => {
    setTried(true);
    if (draft.evidence.trim() === '') return;
    if (draft.notice === NONE && draft.noticeVersion.trim() === '') return;
    const path = `/customers/${encodeURIComponent(customer)}/consents`;
    if (await submission.post(path, requestOf(draft))) onDone();
  };

  const stored = (files.data?.items ?? []).filter(({ state }) => state === 'stored');
  return (
    <FormDialog
      title={t('consent.recordTitle')}
      confirmLabel={t('consent.record')}
      submission={submission}
      onConfirm={save}
      onClose={onClose}
    >
      <ChoiceField
        name="notice"
        label={t('consent.notice')}
        value={draft.notice}
        choices={[
          ...options.notices.map((notice) => ({
            value: notice.documentId,
            label: `${notice.title} ${notice.version}${notice.current ? '' : ` (${term('state', 'replaced')})`}`,
          })),
          { value: NONE, label: t('consent.otherNotice') },
        ]}
        onChange={(notice) => set({ notice })}
      />
      {draft.notice === NONE && (
        <LineField
          name="noticeVersion"
          label={t('consent.noticeVersion')}
          value={draft.noticeVersion}
          required
          error={missing(draft.noticeVersion)}
          maxLength={40}
          onChange={(noticeVersion) => set({ noticeVersion })}
        />
      )}
      <Flex
        direction="column"
        alignItems="stretch"
        gap={3}
        tag="fieldset"
        borderStyle="none"
        padding={0}
      >
        <Typography tag="legend" padding={0} paddingBottom={2} variant="pi" fontWeight="bold">
          {t('consent.answers')}
        </Typography>
        {draft.answers.map((answer, index) => (
          <AnswerRow
            key={index}
            position={index + 1}
            answer={answer}
            purposes={options.purposes}
            onChange={(changed) =>
              set({ answers: draft.answers.map((old, at) => (at === index ? changed : old)) })
            }
            onRemove={
              draft.answers.length > 1
                ? () => set({ answers: draft.answers.filter((_, at) => at !== index) })
                : undefined
            }
          />
        ))}
        <Box>
          <Button
            size="S"
            variant="tertiary"
            startIcon={<Plus />}
            onClick={() =>
              set({ answers: [...draft.answers, newAnswer(draft.answers.at(-1)?.purpose ?? '')] })
            }
          >
            {t('consent.addAnswer')}
          </Button>
        </Box>
      </Flex>
      <Flex gap={4} alignItems="flex-start" wrap="wrap">
        <Box flex="1" minWidth="14rem">
          <ChoiceField
            name="evidenceKind"
            label={t('consent.evidenceKind')}
            value={draft.evidenceKind}
            choices={(['signed-paper', 'electronic'] as const).map((value) => ({
              value,
              label: t(`detailValue.evidence.${value}`),
            }))}
            onChange={(kind) => set({ evidenceKind: kind as ConsentDraft['evidenceKind'] })}
          />
        </Box>
        <Box flex="1" minWidth="14rem">
          <DayField
            name="givenOn"
            label={t('consent.givenOn')}
            hint={t('consent.givenOnHint')}
            value={draft.givenOn}
            onChange={(givenOn) => set({ givenOn })}
          />
        </Box>
      </Flex>
      <LineField
        name="evidence"
        label={t('consent.evidence')}
        hint={t('consent.evidenceHint')}
        value={draft.evidence}
        required
        error={missing(draft.evidence)}
        maxLength={255}
        onChange={(evidence) => set({ evidence })}
      />
      {stored.length > 0 && (
        <ChoiceField
          name="evidenceFile"
          label={t('consent.evidenceFile')}
          value={draft.evidenceFile}
          choices={[
            { value: NONE, label: t('consent.noFile') },
            ...stored.map(({ documentId, name }) => ({ value: documentId, label: name })),
          ]}
          onChange={(evidenceFile) => set({ evidenceFile })}
        />
      )}
      {options.contacts.length > 0 && (
        <Flex gap={4} alignItems="flex-start" wrap="wrap">
          <Box flex="1" minWidth="14rem">
            <ChoiceField
              name="guardianContact"
              label={t('consent.guardian')}
              hint={t('consent.guardianHint')}
              value={draft.guardianContact}
              choices={[
                { value: NONE, label: t('consent.noGuardian') },
                ...options.contacts.map(({ documentId, name }) => ({
                  value: documentId,
                  label: name ?? '—',
                })),
              ]}
              onChange={(guardianContact) => set({ guardianContact })}
            />
          </Box>
          {draft.guardianContact !== NONE && (
            <Box flex="1" minWidth="14rem">
              <ChoiceField
                name="guardianRelationship"
                label={t('consent.relationship')}
                value={draft.guardianRelationship}
                choices={GUARDIAN_RELATIONSHIPS.map((value) => ({
                  value,
                  label: term('relationship', value),
                }))}
                onChange={(guardianRelationship) => set({ guardianRelationship })}
              />
            </Box>
          )}
        </Flex>
      )}
    </FormDialog>
  );
};
