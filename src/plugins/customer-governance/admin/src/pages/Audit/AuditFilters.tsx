import * as React from 'react';

import {
  Button,
  DatePicker,
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  TextInput,
} from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { useIntl } from 'react-intl';

import type { Purpose } from '../../api/types';
import { AUDIT_ACTIONS, OUTCOMES } from '../../api/vocabulary';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { dateOf, dayOf, NO_FILTERS, type FilterName, type Filters } from './filters';

interface AuditFiltersProps {
  filters: Filters;
  purposes: Purpose[];
  onApply: (filters: Filters) => void;
}

interface Choice {
  value: string;
  label: string;
}

const EVERY = 'all';

const FilterField = ({ name, children }: { name: FilterName; children: React.ReactNode }) => {
  const t = useTranslate();
  return (
    <Grid.Item col={3} s={6} xs={12} direction="column" alignItems="stretch">
      <Field.Root name={name}>
        <Field.Label>{t(`audit.filter.${name}`)}</Field.Label>
        {children}
      </Field.Root>
    </Grid.Item>
  );
};

/** The search form over the log; it takes effect with the button, not with every key. */
export const AuditFilters = ({ filters, purposes, onApply }: AuditFiltersProps) => {
  const t = useTranslate();
  const term = useTerm();
  const local = useLocalText();
  const { locale } = useIntl();
  const [draft, setDraft] = React.useState(filters);

  const set = (name: FilterName) => (value: string) =>
    setDraft((previous) => ({ ...previous, [name]: value }));

  const text = (name: FilterName) => (
    <FilterField name={name}>
      <TextInput value={draft[name]} onChange={(event) => set(name)(event.target.value)} />
    </FilterField>
  );

  const select = (name: FilterName, choices: Choice[]) => (
    <FilterField name={name}>
      <SingleSelect
        value={draft[name] || EVERY}
        onChange={(value) => set(name)(value === EVERY ? '' : String(value))}
      >
        <SingleSelectOption value={EVERY}>{t('common.all')}</SingleSelectOption>
        {choices.map(({ value, label }) => (
          <SingleSelectOption key={value} value={value}>
            {label}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </FilterField>
  );

  const day = (name: 'from' | 'to') => (
    <FilterField name={name}>
      <DatePicker
        locale={locale}
        value={dateOf(draft[name])}
        calendarLabel={t('audit.calendar')}
        monthSelectLabel={t('audit.month')}
        yearSelectLabel={t('audit.year')}
        clearLabel={t('audit.clear')}
        onChange={(date) => set(name)(dayOf(date))}
        onClear={() => set(name)('')}
      />
    </FilterField>
  );

  return (
    <form
      role="search"
      aria-label={t('audit.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(draft);
      }}
    >
      <Flex
        direction="column"
        alignItems="stretch"
        gap={4}
        padding={5}
        background="neutral0"
        shadow="tableShadow"
        hasRadius
      >
        <Grid.Root gap={4}>
          {text('actor')}
          {select(
            'action',
            AUDIT_ACTIONS.map((action) => ({ value: action, label: term('action', action) }))
          )}
          {text('recordId')}
          {select(
            'purpose',
            purposes.map(({ code, name }) => ({
              value: code,
              label: local(name),
            }))
          )}
          {select(
            'outcome',
            OUTCOMES.map((outcome) => ({ value: outcome, label: term('state', outcome) }))
          )}
          {day('from')}
          {day('to')}
        </Grid.Root>
        <Flex gap={2} justifyContent="flex-end">
          <Button
            variant="tertiary"
            onClick={() => {
              setDraft(NO_FILTERS);
              onApply(NO_FILTERS);
            }}
          >
            {t('audit.reset')}
          </Button>
          <Button type="submit" startIcon={<Search />}>
            {t('audit.search')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
};
