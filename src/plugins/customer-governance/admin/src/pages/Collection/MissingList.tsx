import { Flex, Typography } from '@strapi/design-system';

import type { MissingCustomer } from '../../api/consents';
import { apiPath } from '../../api/paths';
import { customerLabel } from '../../components/Consents/customerLabel';
import { customerColumns } from '../../components/customerColumns';
import { DataTable } from '../../components/DataTable';
import { DateTime } from '../../components/DateTime';
import { LoadMore } from '../../components/LoadMore';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';

/** Who agreed to an earlier version and has not answered to this one. */
export const MissingList = ({ notice }: { notice: string }) => {
  const t = useTranslate();
  const local = useLocalText();
  const term = useTerm();
  const { list } = useFormat();
  const pages = usePages<MissingCustomer>(apiPath(`/notices/${notice}/missing`));
  return (
    <ResourceView
      resource={pages}
      empty={{ when: (items) => items.length === 0, text: t('notice.nobodyMissing') }}
    >
      {(items) => (
        <Flex direction="column" alignItems="stretch" gap={3}>
          <Typography textColor="neutral600">
            {t('notice.missingIntro', { count: pages.total ?? items.length })}
          </Typography>
          <DataTable
            label={t('notice.missing')}
            rows={items}
            idOf={({ documentId }) => documentId}
            columns={[
              ...customerColumns<MissingCustomer>(t, { labelOf: customerLabel }),
              { title: t('panel.owner'), cell: ({ owner }) => owner ?? '—' },
              {
                title: t('notice.asked'),
                maxWidth: '28rem',
                cell: ({ asked }) =>
                  list(
                    asked.map(
                      ({ purpose, scope }) => `${local(purpose?.name)} (${term('scope', scope)})`
                    )
                  ),
              },
              {
                title: t('notice.reliedUntil'),
                cell: ({ reliedUntil }) => <DateTime value={reliedUntil} dayOnly />,
              },
            ]}
          />
          <LoadMore pages={pages} />
        </Flex>
      )}
    </ResourceView>
  );
};
