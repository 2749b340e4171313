import { Typography } from '@strapi/design-system';
import { ArrowLeft, ArrowRight, Clock, Cross, Key, Lock, Pencil } from '@strapi/icons';

import type { AccessRequestView } from '../api/types';
import { useDetailValue, useTranslate } from '../hooks/useTranslate';
import { personLine } from '../utils/names';
import { countedAs } from '../utils/plainWords';
import { timelineOf, type TimelineEvent } from '../utils/timeline';
import { DateTime } from './DateTime';
import { useStepEntry } from './Steps';
import { Timeline, type TimelineEntry } from './Timeline';

const MARKS = {
  draft: { Icon: Pencil, tone: 'neutral' },
  resubmitted: { Icon: ArrowRight, tone: 'primary' },
  suspended: { Icon: Lock, tone: 'warning' },
  submitted: { Icon: ArrowRight, tone: 'primary' },
  withdrawn: { Icon: ArrowLeft, tone: 'neutral' },
  granted: { Icon: Key, tone: 'success' },
  ends: { Icon: Clock, tone: 'neutral' },
  ended: { Icon: Clock, tone: 'neutral' },
  revoked: { Icon: Cross, tone: 'danger' },
} as const satisfies Record<
  Exclude<TimelineEvent['kind'], 'step'>,
  Pick<TimelineEntry, 'Icon' | 'tone'>
>;

/** The life of a request, from its submission to the end of what was granted. */
export const RequestTimeline = ({ request }: { request: AccessRequestView }) => {
  const t = useTranslate();
  const detailValue = useDetailValue();
  const stepEntry = useStepEntry();
  const count = request.recordCount ?? request.records.length;
  const noteOf = (event: TimelineEvent): string | null => {
    if (event.kind === 'step') return null;
    return event.reason ? detailValue('reason', event.reason) : (event.note ?? null);
  };
  const textOf = (event: TimelineEvent): string | null => {
    if (event.kind === 'submitted') return personLine(request.requester);
    if (event.kind !== 'granted') return noteOf(event);
    return t('timeline.scope', {
      records: t(`plain.count.${countedAs(request.recordType)}`, { count }),
      attributes: request.attributes.length,
    });
  };
  return (
    <Timeline
      label={t('timeline.label')}
      entries={timelineOf(request).map((event, at) => {
        if (event.kind === 'step') return stepEntry(event.step);
        const text = textOf(event);
        return {
          id: `${event.kind} ${at}`,
          ...MARKS[event.kind],
          title: t(`timeline.${event.kind}`),
          at: event.at && <DateTime value={event.at} />,
          ahead: event.ahead,
          children: text && (
            <Typography variant="pi" textColor="neutral600">
              {text}
            </Typography>
          ),
        };
      })}
    />
  );
};
