import { Box, Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';

import { useTerm, useTranslate } from '../hooks/useTranslate';

interface StateFilterProps<State extends string> {
  states: readonly State[];
  /** What is told apart, where it is not a state but the stage of a customer. */
  of?: 'state' | 'stage';
  value: State | '';
  onChange: (state: State | '') => void;
}

const EVERY = 'all';

/** Narrows a list to one state. */
export const StateFilter = <State extends string>({
  states,
  of = 'state',
  value,
  onChange,
}: StateFilterProps<State>) => {
  const t = useTranslate();
  const term = useTerm();
  return (
    <Box maxWidth="24rem" paddingBottom={4}>
      <Field.Root name={of}>
        <Field.Label>{t(`common.${of}`)}</Field.Label>
        <SingleSelect
          size="S"
          value={value || EVERY}
          onChange={(chosen) => onChange(states.find((state) => state === chosen) ?? '')}
        >
          <SingleSelectOption value={EVERY}>{t('common.all')}</SingleSelectOption>
          {states.map((state) => (
            <SingleSelectOption key={state} value={state}>
              {term(of, state)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Box>
  );
};
