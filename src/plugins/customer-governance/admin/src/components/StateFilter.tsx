import { Box, Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { useTerm, useTranslate } from '../hooks/useTranslate';

interface StateFilterProps<State extends string> {
  states: readonly State[];
  value: State | '';
  onChange: (state: State | '') => void;
}

const EVERY = 'all';

/** Narrows a list to one state. */
export const StateFilter = <State extends string>({
  states,
  value,
  onChange,
}: StateFilterProps<State>) => {
  const t = useTranslate();
  const term = useTerm();
  return (
    <Box maxWidth="24rem" paddingBottom={4}>
      <Field.Root name="state">
        <Field.Label>{t('common.state')}</Field.Label>
        <SingleSelect
          size="S"
          value={value || EVERY}
          onChange={(chosen) => onChange(states.find((state) => state === chosen) ?? '')}
        >
          <SingleSelectOption value={EVERY}>{t('common.all')}</SingleSelectOption>
          {states.map((state) => (
            <SingleSelectOption key={state} value={state}>
              {term('state', state)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Box>
  );
};
