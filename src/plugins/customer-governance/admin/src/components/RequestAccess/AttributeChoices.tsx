import * as React from 'react';

import { Box, Checkbox, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { Level } from '../../api/vocabulary';
import { useTerm, useTranslate } from '../../hooks/useTranslate';
import { LevelBadge } from '../Badges';
import { byLevel } from './choices';

export interface AttributeChoice {
  name: string;
  label: string;
  level?: Level;
}

interface AttributeChoicesProps {
  choices: AttributeChoice[];
  chosen: string[];
  /** False for attributes that the chosen purpose does not justify. */
  covered: (name: string) => boolean;
  error?: string;
  onToggle: (name: string) => void;
}

const Columns = styled(Box)`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr));
  gap: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[4]}`};
`;

/** Attributes of one sensitivity, under its badge. */
const Group = ({ level, children }: { level: Level | null; children: React.ReactNode }) => {
  const term = useTerm();
  return (
    <Flex
      role="group"
      aria-label={level ? term('level', level) : undefined}
      direction="column"
      alignItems="stretch"
      gap={2}
    >
      {level && (
        <Flex>
          <LevelBadge level={level} />
        </Flex>
      )}
      <Columns>{children}</Columns>
    </Flex>
  );
};

/** The attributes that may be asked for, by their sensitivity; those outside the purpose cannot be ticked, and say so. */
export const AttributeChoices = ({
  choices,
  chosen,
  covered,
  error,
  onToggle,
}: AttributeChoicesProps) => {
  const t = useTranslate();
  return (
    <Box
      tag="fieldset"
      borderStyle="none"
      padding={0}
      aria-describedby={error ? 'request-attributes-error' : undefined}
    >
      <Typography tag="legend" padding={0} variant="pi" fontWeight="bold" textColor="neutral800">
        {t('request.attributes')}{' '}
        <Typography aria-hidden textColor="danger600">
          *
        </Typography>
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={3} paddingTop={2}>
        {byLevel(choices).map(({ level, choices: group }) => (
          <Group key={level} level={level}>
            {group.map(({ name, label }) => {
              const allowed = covered(name);
              return (
                <Flex key={name} gap={2} wrap="wrap">
                  <Checkbox
                    checked={chosen.includes(name)}
                    disabled={!allowed}
                    onCheckedChange={() => onToggle(name)}
                  >
                    {label}
                  </Checkbox>
                  {!allowed && (
                    <Typography variant="pi" textColor="neutral600">
                      {t('request.notCovered')}
                    </Typography>
                  )}
                </Flex>
              );
            })}
          </Group>
        ))}
      </Flex>
      {error && (
        <Typography
          id="request-attributes-error"
          role="alert"
          variant="pi"
          textColor="danger600"
          tag="p"
        >
          {error}
        </Typography>
      )}
    </Box>
  );
};
