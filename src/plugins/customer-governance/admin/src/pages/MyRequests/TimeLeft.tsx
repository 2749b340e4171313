import { Flex, Typography } from '@strapi/design-system';

import type { GrantView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Meter } from '../../components/Meter';
import { useNow } from '../../hooks/useNow';
import { useTranslate } from '../../hooks/useTranslate';
import { timeLeft } from '../../utils/timeLeft';

const NEARLY_OVER = 0.15;

/** How long a running grant still opens what it covers, as a bar and in words. */
export const TimeLeft = ({ grant }: { grant: Pick<GrantView, 'startsAt' | 'endsAt'> }) => {
  const t = useTranslate();
  const { unit, share, ...left } = timeLeft(grant.startsAt, grant.endsAt, useNow());
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Typography fontWeight="semiBold">{t(`grant.left.${unit}`, left)}</Typography>
        <Typography variant="pi" textColor="neutral600">
          {t('grant.until')} <DateTime value={grant.endsAt} />
        </Typography>
      </Flex>
      <Meter
        label={t('grant.leftLabel')}
        share={share}
        tone={share < NEARLY_OVER ? 'warning' : 'primary'}
      />
    </Flex>
  );
};
