import { Field, Grid, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { ALERT_SEVERITIES, ALERT_STATES, ANOMALY_KINDS } from '../../api/vocabulary';
import { useTerm, useTranslate, type Vocabulary } from '../../hooks/useTranslate';

export const ALERT_FILTERS = ['state', 'severity', 'kind'] as const;
export type AlertFilter = (typeof ALERT_FILTERS)[number];
export type AlertFilterValues = Record<AlertFilter, string>;

const CHOICES: Record<AlertFilter, { codes: readonly string[]; words: Vocabulary }> = {
  state: { codes: ALERT_STATES, words: 'alertState' },
  severity: { codes: ALERT_SEVERITIES, words: 'alertSeverity' },
  kind: { codes: ANOMALY_KINDS, words: 'anomaly' },
};
const EVERY = 'all';

interface AlertFiltersProps {
  values: AlertFilterValues;
  onChange: (name: AlertFilter, value: string) => void;
}

/** Narrows the alerts; each choice takes effect at once. */
export const AlertFilters = ({ values, onChange }: AlertFiltersProps) => {
  const t = useTranslate();
  const term = useTerm();
  return (
    <Grid.Root gap={4} paddingBottom={4}>
      {ALERT_FILTERS.map((name) => (
        <Grid.Item key={name} col={3} s={4} xs={12} direction="column" alignItems="stretch">
          <Field.Root name={name}>
            <Field.Label>{t(`anomalies.filter.${name}`)}</Field.Label>
            <SingleSelect
              size="S"
              value={values[name] || EVERY}
              onChange={(value) => onChange(name, value === EVERY ? '' : String(value))}
            >
              <SingleSelectOption value={EVERY}>{t('common.all')}</SingleSelectOption>
              {CHOICES[name].codes.map((code) => (
                <SingleSelectOption key={code} value={code}>
                  {term(CHOICES[name].words, code)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        </Grid.Item>
      ))}
    </Grid.Root>
  );
};
