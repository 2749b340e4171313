import { Box, Flex, Typography } from '@strapi/design-system';
import { Cog, Cross, Eye, Lock, PaperPlane, Pencil, Trash, User } from '@strapi/icons';
import { Link } from 'react-router-dom';
import { Link as TextLink } from '@strapi/design-system';

import type { AuditEntryView, Purpose } from '../../api/types';
import { StateBadge } from '../../components/Badges';
import { Timeline, type TimelineEntry } from '../../components/Timeline';
import { useFormat } from '../../hooks/useFormat';
import {
  useActorName,
  useAttributeLabel,
  useLocalText,
  useTerm,
  useTranslate,
  useTypeLabel,
} from '../../hooks/useTranslate';
import { dayOf } from './filters';
import { dayLink } from './links';
import { useZone } from './zone';

interface EntryTimelineProps {
  entries: AuditEntryView[];
  purposes: Purpose[];
  /** The record whose history it is: of others their type is said. */
  subject?: string;
}

type Look = Pick<TimelineEntry, 'Icon' | 'tone'>;

const LOOKS: Record<string, Look> = {
  account: { Icon: User, tone: 'neutral' },
  'record.view': { Icon: Eye, tone: 'primary' },
  'record.reveal': { Icon: Eye, tone: 'warning' },
  'record.lookup': { Icon: Eye, tone: 'primary' },
  'record.delete': { Icon: Trash, tone: 'danger' },
  record: { Icon: Pencil, tone: 'success' },
  change: { Icon: Pencil, tone: 'success' },
  consent: { Icon: Pencil, tone: 'success' },
  request: { Icon: PaperPlane, tone: 'primary' },
  grant: { Icon: Lock, tone: 'primary' },
  destruction: { Icon: Trash, tone: 'danger' },
};

const lookOf = ({ action, outcome }: AuditEntryView): Look =>
  outcome === 'refused'
    ? { Icon: Cross, tone: 'danger' }
    : (LOOKS[action] ?? LOOKS[action.split('.')[0]] ?? { Icon: Cog, tone: 'neutral' });

/** Entries of the same day of the reader's, in the order in which they came. */
const byDay = (entries: AuditEntryView[]): [string, AuditEntryView[]][] => {
  const days: [string, AuditEntryView[]][] = [];
  for (const entry of entries) {
    const day = dayOf(new Date(entry.at));
    const last = days.at(-1);
    if (last?.[0] === day) last[1].push(entry);
    else days.push([day, [entry]]);
  }
  return days;
};

/** Entries one below the other, day by day. */
export const EntryTimeline = ({ entries, purposes, subject }: EntryTimelineProps) => {
  const t = useTranslate();
  const zone = useZone();
  const term = useTerm();
  const local = useLocalText();
  const label = useAttributeLabel();
  const typeLabel = useTypeLabel();
  const actorName = useActorName();
  const { date, time, list, number } = useFormat();

  const facts = (entry: AuditEntryView): string => {
    const purpose = purposes.find(({ code }) => code === entry.purpose)?.name ?? entry.purpose;
    const attributes = (entry.attributes ?? []).map((name) => label(entry.recordType ?? '', name));
    const records = entry.recordIds ?? [];
    const other = subject !== undefined && records.length > 0 && !records.includes(subject);
    return [
      other && entry.recordType ? typeLabel(entry.recordType) : null,
      attributes.length > 0 ? list(attributes) : null,
      purpose ? local(purpose as never) : null,
      records.length > 1 ? t('audit.recordsCount', { count: records.length }) : null,
    ]
      .filter(Boolean)
      .join(' · ');
  };

  const item = (entry: AuditEntryView): TimelineEntry => ({
    id: entry.id,
    ...lookOf(entry),
    title: term('action', entry.action),
    badges: entry.outcome === 'refused' && <StateBadge state={entry.outcome} />,
    at: <time dateTime={entry.at}>{time(entry.at)}</time>,
    children: (
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <TextLink tag={Link} to={dayLink(entry.actor, entry.at, zone)}>
          {actorName(entry.actor)}
        </TextLink>
        <Typography variant="pi" textColor="neutral600">
          {facts(entry)}
        </Typography>
      </Flex>
    ),
  });

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {byDay(entries).map(([day, items]) => (
        <Box
          key={day}
          tag="section"
          aria-label={date(day)}
          padding={6}
          background="neutral0"
          shadow="tableShadow"
          hasRadius
        >
          <Flex justifyContent="space-between" paddingBottom={4}>
            <Typography tag="h3" variant="delta">
              {date(day)}
            </Typography>
            <Typography variant="pi" textColor="neutral600">
              {t('audit.entriesCount', { count: items.length, shown: number(items.length) })}
            </Typography>
          </Flex>
          <Timeline label={date(day)} entries={items.map(item)} />
        </Box>
      ))}
    </Flex>
  );
};
