import { Badge, Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

import type { WeighedBound } from '../../api/retention';
import type { RetentionStanding } from '../../api/vocabulary';
import { useBoundWords } from '../../hooks/useBoundWords';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { inReadingOrder, placeOf, type Span } from './bounds';

type Weighed = WeighedBound & { standing: RetentionStanding };

const STANDING_VARIANTS = {
  decides: 'primary',
  waits: 'warning',
  later: 'neutral',
  'not-yet': 'neutral',
  outlasted: 'neutral',
  met: 'neutral',
} as const satisfies Record<RetentionStanding, string>;

const Track = styled.div`
  position: relative;
  height: 0.8rem;
  border-radius: 0.4rem;
  background: ${({ theme }) => theme.colors.neutral150};
`;
const Bar = styled.div<{ $strong: boolean; $minimum: boolean }>`
  position: absolute;
  top: 0;
  bottom: 0;
  border-radius: 0.4rem;
  background: ${({ theme, $strong, $minimum }) =>
    theme.colors[
      $minimum ? ($strong ? 'warning500' : 'warning200') : $strong ? 'primary600' : 'primary200'
    ]};
`;
const Today = styled.div`
  position: absolute;
  top: -0.2rem;
  bottom: -0.2rem;
  width: 2px;
  background: ${({ theme }) => theme.colors.danger600};
`;
const TodayMark = styled.span`
  display: inline-block;
  width: 2px;
  height: 1.2rem;
  background: ${({ theme }) => theme.colors.danger600};
`;

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** From the event to the day that the bound sets. The words beside it say the same. */
const Picture = ({ bound, span, today }: { bound: Weighed; span: Span; today: string }) => {
  if (!bound.eventOn) return null;
  const from = placeOf(bound.eventOn, span);
  const to = bound.dueOn ? placeOf(bound.dueOn, span) : 1;
  return (
    <Track aria-hidden>
      <Bar
        $strong={bound.standing === 'decides' || bound.standing === 'waits'}
        $minimum={bound.bound === 'at-least'}
        style={{ left: percent(from), width: `max(4px, ${percent(to - from)})` }}
      />
      <Today style={{ left: percent(placeOf(today, span)) }} />
    </Track>
  );
};

interface WeighedBoundsProps {
  weighed: Weighed[];
  span: Span | null;
  today: string;
}

/** Every bound that was weighed: what it says, the day it sets, and how it stands to the due date. */
export const WeighedBounds = ({ weighed, span, today }: WeighedBoundsProps) => {
  const t = useTranslate();
  const { date } = useFormat();
  const words = useBoundWords();
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={3} paddingTop={2} paddingBottom={2}>
      {inReadingOrder(weighed).map((bound) => (
        <Flex
          tag="li"
          key={`${bound.rule} ${bound.bound}`}
          direction="column"
          alignItems="stretch"
          gap={1}
        >
          <Flex gap={2} wrap="wrap" justifyContent="space-between">
            <Typography variant="pi" fontWeight={bound.standing === 'decides' ? 'bold' : 'regular'}>
              {words(bound)}
            </Typography>
          </Flex>
          {span && <Picture bound={bound} span={span} today={today} />}
          <Flex gap={2} wrap="wrap" justifyContent="space-between">
            <Typography variant="pi" textColor="neutral600">
              {bound.dueOn && `→ ${date(bound.dueOn)} · `}
              {bound.rule}
            </Typography>
            <Badge size="S" variant={STANDING_VARIANTS[bound.standing]}>
              {t(`retention.standing.${bound.standing}`)}
            </Badge>
          </Flex>
        </Flex>
      ))}
    </Flex>
  );
};

/** What the picture shows, from when to when. */
export const BoundsKey = ({ span }: { span: Span | null }) => {
  const t = useTranslate();
  const { formatDate } = useIntl();
  if (!span) return null;
  // Day for day there is no room for them in a side panel.
  const month = (day: string): string =>
    formatDate(`${day}T00:00:00Z`, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <Box aria-hidden>
      <Flex justifyContent="space-between" gap={2}>
        <Typography variant="pi" textColor="neutral600">
          {month(span.from)}
        </Typography>
        <Flex gap={1}>
          <TodayMark />
          <Typography variant="pi" textColor="neutral600">
            {t('panel.today')}
          </Typography>
        </Flex>
        <Typography variant="pi" textColor="neutral600">
          {month(span.to)}
        </Typography>
      </Flex>
    </Box>
  );
};
