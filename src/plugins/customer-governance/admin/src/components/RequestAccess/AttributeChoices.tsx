import { Box, Checkbox, Flex, Typography } from '@strapi/design-system';

import type { Level } from '../../api/vocabulary';
import { useTranslate } from '../../hooks/useTranslate';
import { LevelBadge } from '../Badges';

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

/** The attributes that may be asked for; those outside the purpose cannot be ticked, and say so. */
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
      <Flex direction="column" alignItems="stretch" gap={2} paddingTop={2}>
        {choices.map(({ name, label, level }) => {
          const allowed = covered(name);
          return (
            <Flex key={name} gap={2}>
              <Checkbox
                checked={chosen.includes(name)}
                disabled={!allowed}
                onCheckedChange={() => onToggle(name)}
              >
                {label}
              </Checkbox>
              {level && <LevelBadge level={level} />}
              {!allowed && (
                <Typography variant="pi" textColor="neutral600">
                  {t('request.notCovered')}
                </Typography>
              )}
            </Flex>
          );
        })}
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
