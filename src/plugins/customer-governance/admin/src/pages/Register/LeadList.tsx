import { apiPath } from '../../api/paths';
import type { LeadView } from '../../api/register';
import { DataTable, type Column } from '../../components/DataTable';
import { LoadMore } from '../../components/LoadMore';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { CustomerLine } from './CustomerLine';

/** The user's own leads that wait for a follow-up, and until when. */
export const LeadList = () => {
  const t = useTranslate();
  const { date } = useFormat();
  const pages = usePages<LeadView>(apiPath('/register/leads'));
  const columns: Column<LeadView>[] = [
    {
      title: t('register.customer'),
      cell: ({ customer }) => <CustomerLine customer={customer} />,
    },
    { title: t('register.rule'), cell: ({ rule }) => t(`ownershipRule.${rule}`) },
    { title: t('register.since'), cell: ({ assignedAt }) => date(assignedAt) },
    { title: t('register.followUpBy'), cell: ({ validUntil }) => date(validUntil) },
  ];
  return (
    <ResourceView
      resource={pages}
      empty={{ when: (items) => items.length === 0, text: t('register.leadsEmpty') }}
    >
      {(items) => (
        <>
          <DataTable
            label={t('register.leads')}
            columns={columns}
            rows={items}
            idOf={({ id }) => id}
          />
          <LoadMore pages={pages} />
        </>
      )}
    </ResourceView>
  );
};
