import { Button, Flex } from '@strapi/design-system';

import type { AuditEntryView } from '../../api/types';
import { Facts, type Fact } from '../../components/Facts';
import { useDetailValue, useTerm, useTranslate, useTypeLabel } from '../../hooks/useTranslate';
import type { Filters } from './filters';

interface EntryDetailsProps {
  entry: AuditEntryView;
  onFilter: (change: Partial<Filters>) => void;
}

/** Everything that one entry holds, and the ways to its like. */
export const EntryDetails = ({ entry, onFilter }: EntryDetailsProps) => {
  const t = useTranslate();
  const term = useTerm();
  const typeLabel = useTypeLabel();
  const detailValue = useDetailValue();
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
          { name: t('audit.request'), value: entry.requestId },
          ...details,
        ]}
      />
      <Flex gap={2} wrap="wrap">
        <Button size="S" variant="tertiary" onClick={() => onFilter({ actor: entry.actor.id })}>
          {t('audit.sameActor')}
        </Button>
        {records.length === 1 && (
          <Button size="S" variant="tertiary" onClick={() => onFilter({ recordId: records[0] })}>
            {t('audit.sameRecord')}
          </Button>
        )}
      </Flex>
    </Flex>
  );
};
