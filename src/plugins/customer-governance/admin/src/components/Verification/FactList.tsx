import { Flex, Typography } from '@strapi/design-system';

import type { FactView } from '../../api/verification';
import { useAttributeLabel, useTerm, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { StateBadge } from '../Badges';
import { DateTime } from '../DateTime';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** Key facts by their masks, each with how it stands and who last asked after it. */
export const FactList = ({ facts }: { facts: FactView[] }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  return (
    <Flex
      tag="ul"
      direction="column"
      alignItems="stretch"
      gap={2}
      aria-label={t('verification.facts')}
    >
      {facts.map(({ attribute, value, state, last }) => (
        <Flex tag="li" key={attribute} direction="column" alignItems="flex-start" gap={1}>
          <Flex gap={2} wrap="wrap">
            <Typography variant="pi" textColor="neutral600">
              {label(CUSTOMER, attribute)}
            </Typography>
            <Typography>{value}</Typography>
            <StateBadge state={state} />
          </Flex>
          {last && (
            <Typography variant="pi" textColor="neutral600">
              {term('verificationOutcome', last.outcome)} ·{' '}
              {term('verificationMethod', last.method)} · {last.by ?? '—'} ·{' '}
              <DateTime value={last.at} dayOnly />
            </Typography>
          )}
        </Flex>
      ))}
    </Flex>
  );
};
