import { useSearchParams } from 'react-router-dom';

import { Flex } from '@strapi/design-system';

import type { AuditEntryView, Purpose } from '../../api/types';
import { LoadMore } from '../../components/LoadMore';
import { PageFrame } from '../../components/PageFrame';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { usePurposes } from '../../hooks/usePurposes';
import { useTranslate } from '../../hooks/useTranslate';
import { AuditFilters } from './AuditFilters';
import { EntryTable } from './EntryTable';
import { entriesPath, filtersFrom, toSearch, type Filters } from './filters';

// One and the same array, until the purposes have arrived.
const NO_PURPOSES: Purpose[] = [];

/** Who did what to which record, when and what for. Read only: not even the server can change an entry. */
export const AuditPage = () => {
  const t = useTranslate();
  const [search, setSearch] = useSearchParams();
  const filters = filtersFrom(search);
  const purposes = usePurposes().data?.purposes ?? NO_PURPOSES;
  const entries = usePages<AuditEntryView>(entriesPath(filters));
  const apply = (next: Filters): void => setSearch(toSearch(next));

  return (
    <PageFrame title={t('audit.title')} subtitle={t('audit.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        {/* Keyed, so that a link to other filters fills the form anew. */}
        <AuditFilters
          key={search.toString()}
          filters={filters}
          purposes={purposes}
          onApply={apply}
        />
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
    </PageFrame>
  );
};
