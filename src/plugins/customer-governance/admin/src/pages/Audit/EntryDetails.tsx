import { Button, Flex, LinkButton } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { AuditEntryView } from '../../api/types';
import { Facts, type Fact } from '../../components/Facts';
import { useFormat } from '../../hooks/useFormat';
import { usePermission } from '../../hooks/usePermission';
import { useDetailValue, useTerm, useTranslate, useTypeLabel } from '../../hooks/useTranslate';
import { EntryValues } from './EntryValues';
import type { Filters } from './filters';
import { actorValue, dayLink, historyLink } from './links';
import { useZone } from './zone';
import { VerifyEntry } from './VerifyEntry';

interface EntryDetailsProps {
  entry: AuditEntryView;
  onFilter: (change: Partial<Filters>) => void;
}

/** Everything that one entry holds, and the ways to its like. */
export const EntryDetails = ({ entry, onFilter }: EntryDetailsProps) => {
  const t = useTranslate();
  const zone = useZone();
  const term = useTerm();
  const typeLabel = useTypeLabel();
  const detailValue = useDetailValue();
  const { number } = useFormat();
  const canVerify = usePermission('audit.verify');
  const records = entry.recordIds ?? [];
  const details: Fact[] = Object.entries(entry.details ?? {}).map(([name, value]) => ({
    name: term('detail', name),
    value: value === null ? null : detailValue(name, value),
  }));

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Facts
        facts={[
          {
            name: t('audit.filter.actor'),
            value: `${entry.actor.id} · ${term('actor', entry.actor.kind)}`,
          },
          {
            name: t('audit.recordType'),
            value: entry.recordType && typeLabel(entry.recordType),
          },
          { name: t('audit.filter.recordId'), value: records.join(', ') || null },
          { name: t('audit.basis'), value: entry.basis && term('basis', entry.basis) },
          { name: t('audit.channel'), value: entry.channel && term('channel', entry.channel) },
          { name: t('audit.address'), value: entry.address },
          { name: t('audit.request'), value: entry.requestId },
          {
            name: t('audit.onBehalfOf'),
            value: entry.onBehalfOf && (entry.onBehalfOf.name ?? entry.onBehalfOf.documentId),
          },
          ...details,
          { name: t('audit.correlation'), value: entry.correlationId },
          {
            name: t('audit.leaf'),
            value:
              entry.leafIndex === null
                ? t('audit.leafWaits')
                : t(entry.covered ? 'audit.leafCovered' : 'audit.leafOpen', {
                    leaf: number(entry.leafIndex),
                  }),
          },
        ]}
      />
      <Flex gap={2} wrap="wrap">
        <Button
          size="S"
          variant="tertiary"
          onClick={() => onFilter({ actor: actorValue(entry.actor) })}
        >
          {t('audit.sameActor')}
        </Button>
        <LinkButton
          size="S"
          variant="tertiary"
          tag={Link}
          to={dayLink(entry.actor, entry.at, zone)}
        >
          {t('audit.dayOfActor')}
        </LinkButton>
        {records.length === 1 && (
          <>
            <Button size="S" variant="tertiary" onClick={() => onFilter({ recordId: records[0] })}>
              {t('audit.sameRecord')}
            </Button>
            <LinkButton size="S" variant="tertiary" tag={Link} to={historyLink(records[0])}>
              {t('audit.historyOfRecord')}
            </LinkButton>
          </>
        )}
      </Flex>
      {entry.holdsValues && <EntryValues entry={entry} />}
      {canVerify && <VerifyEntry entry={entry} />}
    </Flex>
  );
};
