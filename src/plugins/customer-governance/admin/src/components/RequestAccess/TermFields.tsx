import { Field, Grid, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';

import type { Me } from '../../api/types';
import { RECIPIENTS } from '../../api/vocabulary';
import { useTranslate } from '../../hooks/useTranslate';
import type { Draft } from './draft';

interface TermFieldsProps {
  draft: Draft;
  /** The policy's figures. */
  limits: Me['access'];
  message: (field: keyof Draft) => string | undefined;
  onChange: (draft: Draft) => void;
}

/** For how long, how often and for whom. */
export const TermFields = ({ draft, limits, message, onChange }: TermFieldsProps) => {
  const t = useTranslate();
  return (
    <Grid.Root gap={5}>
      <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
        <Field.Root
          name="termDays"
          required
          error={message('termDays')}
          hint={
            limits ? t('request.termHint', { days: limits.maxTermDays }) : t('request.termEnds')
          }
        >
          <Field.Label>{t('request.termLabel')}</Field.Label>
          <TextInput
            type="number"
            min={1}
            max={limits?.maxTermDays}
            step={1}
            value={draft.termDays}
            onChange={(event) => onChange({ ...draft, termDays: event.target.value })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={6} xs={12} direction="column" alignItems="stretch">
        <Field.Root
          name="revealLimit"
          error={message('revealLimit')}
          hint={t('request.revealLimitHint')}
        >
          <Field.Label>{t('request.revealLimit')}</Field.Label>
          <TextInput
            type="number"
            min={1}
            step={1}
            value={draft.revealLimit}
            onChange={(event) => onChange({ ...draft, revealLimit: event.target.value })}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Grid.Item>
      <Grid.Item col={12} direction="column" alignItems="stretch">
        <Field.Root name="recipient" required>
          <Field.Label>{t('request.recipient')}</Field.Label>
          <SingleSelect
            value={draft.recipient}
            onChange={(value) =>
              onChange({
                ...draft,
                recipient: RECIPIENTS.find((each) => each === value) ?? draft.recipient,
              })
            }
          >
            {RECIPIENTS.map((recipient) => (
              <SingleSelectOption key={recipient} value={recipient}>
                {t(`recipient.${recipient}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      </Grid.Item>
    </Grid.Root>
  );
};
