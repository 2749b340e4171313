import * as React from 'react';

import { Checkbox, Flex, Typography } from '@strapi/design-system';

import { useTranslate } from '../../hooks/useTranslate';
import { allChosen, toggledAll } from '../../utils/choice';

interface ChooseBarProps {
  label: string;
  ids: readonly string[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: Set<string>) => void;
  /** What can be done with those that are chosen. */
  children: React.ReactNode;
}

/** Above a list: chooses all that is shown, and does something with what is chosen. */
export const ChooseBar = ({ label, ids, chosen, onChoose, children }: ChooseBarProps) => {
  const t = useTranslate();
  const count = ids.filter((id) => chosen.has(id)).length;
  return (
    <Flex
      role="group"
      aria-label={label}
      justifyContent="space-between"
      gap={2}
      wrap="wrap"
      minHeight="3.2rem"
      paddingBottom={4}
    >
      <Flex gap={4}>
        <Checkbox
          checked={allChosen(ids, chosen)}
          onCheckedChange={() => onChoose(toggledAll(ids, chosen))}
        >
          {t('filing.chooseAll')}
        </Checkbox>
        <Typography textColor="neutral600" role="status">
          {t('filing.chosen', { count })}
        </Typography>
      </Flex>
      {count > 0 && <Flex gap={2}>{children}</Flex>}
    </Flex>
  );
};
