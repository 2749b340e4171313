import * as React from 'react';

import { Checkbox, Flex, Typography } from '@strapi/design-system';

import { allChosen, toggledAll } from '../utils/choice';

interface ChooseBarProps<Id> {
  label: string;
  /** The box that stands for all that is shown. */
  allLabel: string;
  /** How many are chosen, in words. */
  chosenLabel: (count: number) => string;
  ids: readonly Id[];
  chosen: ReadonlySet<Id>;
  onChoose: (chosen: Set<Id>) => void;
  /** What can be done with those that are chosen. */
  children: React.ReactNode;
}

/** Above a list: chooses all that is shown, and does something with what is chosen. */
export const ChooseBar = <Id,>({
  label,
  allLabel,
  chosenLabel,
  ids,
  chosen,
  onChoose,
  children,
}: ChooseBarProps<Id>) => {
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
          {allLabel}
        </Checkbox>
        <Typography textColor="neutral600" role="status">
          {chosenLabel(count)}
        </Typography>
      </Flex>
      {count > 0 && <Flex gap={2}>{children}</Flex>}
    </Flex>
  );
};
