import { useSearchParams } from 'react-router-dom';

import { Flex } from '@strapi/design-system';

import type { AuditEntryView, Purpose } from '../../api/types';
import { LoadMore } from '../../components/LoadMore';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { AuditFilters } from './AuditFilters';
import { EntryTable } from './EntryTable';
import { ExportButtons } from './ExportButtons';
import { entriesPath, entriesQuery, filtersFrom, toSearch, type Filters } from './filters';

/** The entries of the log, by any filter. */
export const EntriesTab = ({ purposes }: { purposes: Purpose[] }) => {
  const t = useTranslate();
  const [search, setSearch] = useSearchParams();
  const filters = filtersFrom(search);
  const entries = usePages<AuditEntryView>(entriesPath(filters));
  const apply = (next: Filters): void => setSearch(toSearch(next));

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {/* Keyed, so that a link to other filters fills the form anew. */}
      <AuditFilters key={search.toString()} filters={filters} purposes={purposes} onApply={apply} />
      <Flex justifyContent="flex-end">
        <ExportButtons query={entriesQuery(filters)} />
      </Flex>
      <ResourceView
        resource={entries}
        empty={{ when: (items) => items.length === 0, text: t('audit.empty') }}
      >
        {(items) => (
          <>
            <EntryTable
              entries={items}
              purposes={purposes}
              onFilter={(change) => apply({ ...filters, ...change })}
            />
            <LoadMore pages={entries} />
          </>
        )}
      </ResourceView>
    </Flex>
  );
};
