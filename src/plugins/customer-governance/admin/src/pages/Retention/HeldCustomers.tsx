import { Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { HeldCustomer } from '../../api/types';
import { LoadMore } from '../../components/LoadMore';
import { RecordLink } from '../../components/RequestDetails';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { departmentName } from '../../utils/names';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** The customers that a hold covers, by their masks. */
export const HeldCustomers = ({ documentId }: { documentId: string }) => {
  const t = useTranslate();
  const pages = usePages<HeldCustomer>(
    apiPath(`/legal-holds/${encodeURIComponent(documentId)}/customers`)
  );
  return (
    <ResourceView
      resource={pages}
      empty={{ when: (items) => items.length === 0, text: t('hold.coversNone') }}
    >
      {(customers) => (
        <>
          <Flex
            tag="ul"
            direction="column"
            alignItems="stretch"
            gap={1}
            aria-label={t('hold.covers')}
          >
            {customers.map((customer) => (
              <Flex tag="li" key={customer.id} gap={3} wrap="wrap">
                {customer.label === null ? (
                  <Typography textColor="neutral600">{t('hold.gone')}</Typography>
                ) : (
                  <RecordLink
                    type={CUSTOMER}
                    record={{ documentId: customer.documentId, label: customer.label }}
                  />
                )}
                <Typography variant="pi" textColor="neutral600">
                  {[customer.filingNumber, departmentName(customer.department)]
                    .filter(Boolean)
                    .join(' · ')}
                </Typography>
              </Flex>
            ))}
          </Flex>
          <LoadMore pages={pages} />
        </>
      )}
    </ResourceView>
  );
};
