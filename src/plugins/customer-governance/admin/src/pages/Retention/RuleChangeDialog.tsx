import * as React from 'react';

import {
  Button,
  Field,
  Flex,
  MultiSelect,
  MultiSelectOption,
  Typography,
} from '@strapi/design-system';

import type { RetentionRules, RuleChangeView, RulePreview } from '../../api/retention';
import { CATEGORIES, CUSTOMER_CLASSES, RETENTION_EVENTS } from '../../api/vocabulary';
import { ChoiceField, LineField, TextField } from '../../components/fields';
import { FormDialog } from '../../components/FormDialog';
import { EffectView } from '../../components/RetentionRules/EffectView';
import { CUSTOMER } from '../../components/RetentionRules/useRuleWords';
import { useNotify, useSubmission } from '../../hooks/useSubmission';
import { useAttributeLabel, useLocalText, useTranslate } from '../../hooks/useTranslate';
import { bareAttribute } from '../../utils/names';
import { requestOf, type RuleDraft } from './ruleDraft';

interface RuleChangeDialogProps {
  draft: RuleDraft;
  choices: RetentionRules;
  onDone: () => void;
  onClose: () => void;
}

/** As long as a code may be, and longer than any number of months. */
const LINE = 60;

/** What no purpose is in a select, which knows no empty value. */
const ANY = 'any';

interface RuleFieldsProps {
  draft: RuleDraft;
  choices: RetentionRules;
  onChange: (change: Partial<RuleDraft>) => void;
}

const RuleFields = ({ draft, choices, onChange }: RuleFieldsProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const label = useAttributeLabel();
  const attributes = choices.attributes.filter(
    ({ category }) => draft.category === 'all' || category === draft.category
  );
  return (
    <>
      <LineField
        name="code"
        maxLength={LINE}
        label={t('rule.code')}
        hint={t('rule.codeHint')}
        value={draft.code}
        disabled={draft.operation !== 'create'}
        onChange={(code) => onChange({ code })}
      />
      <ChoiceField
        name="category"
        label={t('rule.category')}
        value={draft.category}
        choices={[
          { value: 'all', label: t('rule.wholeCustomer') },
          ...CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) })),
        ]}
        onChange={(category) =>
          onChange({ category: category as RuleDraft['category'], attributes: [] })
        }
      />
      <Field.Root hint={t('rule.attributesHint')}>
        <Field.Label>{t('rule.attributes')}</Field.Label>
        <MultiSelect
          value={draft.attributes}
          withTags
          onChange={(chosen: string[]) => onChange({ attributes: chosen })}
        >
          {attributes.map(({ path }) => (
            <MultiSelectOption key={path} value={path}>
              {label(CUSTOMER, bareAttribute(path))}
            </MultiSelectOption>
          ))}
        </MultiSelect>
        <Field.Hint />
      </Field.Root>
      <ChoiceField
        name="event"
        label={t('rule.event')}
        value={draft.event}
        choices={RETENTION_EVENTS.map((value) => ({ value, label: t(`retention.event.${value}`) }))}
        onChange={(event) => onChange({ event: event as RuleDraft['event'] })}
      />
      <Flex gap={4} alignItems="flex-start">
        <LineField
          name="atMostMonths"
          maxLength={LINE}
          label={t('rule.atMostMonths')}
          hint={t('rule.atMostHint')}
          type="number"
          value={draft.atMostMonths}
          onChange={(atMostMonths) => onChange({ atMostMonths })}
        />
        <LineField
          name="atLeastMonths"
          maxLength={LINE}
          label={t('rule.atLeastMonths')}
          hint={t('rule.atLeastHint')}
          type="number"
          value={draft.atLeastMonths}
          onChange={(atLeastMonths) => onChange({ atLeastMonths })}
        />
      </Flex>
      <ChoiceField
        name="customerClass"
        label={t('rule.customers')}
        value={draft.customerClass}
        choices={[
          { value: 'all', label: t('rule.everyCustomer') },
          ...CUSTOMER_CLASSES.map((value) => ({ value, label: t(`retention.class.${value}`) })),
        ]}
        onChange={(value) => onChange({ customerClass: value as RuleDraft['customerClass'] })}
      />
      <ChoiceField
        name="purpose"
        label={t('rule.purpose')}
        value={draft.purpose || ANY}
        choices={[
          { value: ANY, label: t('rule.anyPurpose') },
          ...choices.purposes.map(({ code, name }) => ({ value: code, label: local(name) })),
        ]}
        onChange={(purpose) => onChange({ purpose: purpose === ANY ? '' : purpose })}
      />
    </>
  );
};

/** A change of a retention rule: its effect is shown first, then it can be proposed. */
export const RuleChangeDialog = ({ draft, choices, onDone, onClose }: RuleChangeDialogProps) => {
  const t = useTranslate();
  const notify = useNotify();
  const submission = useSubmission();
  const [edited, setEdited] = React.useState(draft);
  const [reason, setReason] = React.useState('');
  const [preview, setPreview] = React.useState<RulePreview>();

  const change = (part: Partial<RuleDraft>): void => {
    setEdited((before) => ({ ...before, ...part }));
    // It was the effect of another rule.
    setPreview(undefined);
  };

  const confirm = async (): Promise<void> => {
    if (!preview) {
      const answer = await submission.post<RulePreview>(
        '/retention/rules/preview',
        requestOf(edited)
      );
      if (answer) setPreview(answer);
      return;
    }
    const proposed = await submission.post<RuleChangeView>('/retention/rule-changes', {
      ...requestOf(edited),
      reason: reason.trim(),
    });
    if (!proposed) return;
    notify('success', t('rule.proposed', { code: proposed.code }));
    onDone();
  };

  return (
    <FormDialog
      title={t(`rule.title.${edited.operation}`)}
      confirmLabel={t(preview ? 'rule.propose' : 'rule.preview')}
      submission={submission}
      onConfirm={confirm}
      onClose={onClose}
    >
      {edited.operation === 'delete' ? (
        <Typography>{t('rule.operation.delete', { code: edited.code })}</Typography>
      ) : (
        <RuleFields draft={edited} choices={choices} onChange={change} />
      )}
      {preview && (
        <>
          <EffectView effect={preview.effect} conflicts={preview.conflicts} />
          <TextField
            name="reason"
            label={t('order.reason')}
            required
            maxLength={1000}
            value={reason}
            onChange={setReason}
          />
          <Button type="button" variant="tertiary" onClick={() => setPreview(undefined)}>
            {t('rule.edit')}
          </Button>
        </>
      )}
    </FormDialog>
  );
};
