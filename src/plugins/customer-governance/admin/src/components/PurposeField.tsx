import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import type { Purpose } from '../api/types';
import type { Resource } from '../hooks/useResource';
import { useLocalText, useTranslate } from '../hooks/useTranslate';

interface PurposeFieldProps {
  purposes: Resource<{ purposes: Purpose[] }>;
  /** Narrows the choice, to the purposes of the grants at hand for instance. */
  only?: (purpose: Purpose) => boolean;
  value: string;
  error?: string;
  onChange: (code: string) => void;
}

/** Asks what something is needed for. */
export const PurposeField = ({ purposes, only, value, error, onChange }: PurposeFieldProps) => {
  const t = useTranslate();
  const local = useLocalText();
  const choices = (purposes.data?.purposes ?? []).filter(only ?? (() => true));
  const chosen = choices.find(({ code }) => code === value);
  const none = purposes.data !== undefined && choices.length === 0;
  const troubleId = purposes.failure ? 'purpose.failed' : none ? 'purpose.none' : null;

  return (
    <Field.Root
      name="purpose"
      required
      error={troubleId ? t(troubleId) : error}
      hint={chosen?.description ? local(chosen.description) : t('purpose.hint')}
    >
      <Field.Label>{t('request.purpose')}</Field.Label>
      <SingleSelect
        value={value || null}
        placeholder={purposes.loading ? t('common.loading') : t('purpose.placeholder')}
        disabled={purposes.loading || none}
        onChange={(code) => onChange(String(code))}
      >
        {choices.map((purpose) => (
          <SingleSelectOption key={purpose.code} value={purpose.code}>
            {local(purpose.name)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
