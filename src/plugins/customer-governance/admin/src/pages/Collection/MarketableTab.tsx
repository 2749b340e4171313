import * as React from 'react';

import { Box, Flex, Typography } from '@strapi/design-system';

import type { MarketableCustomer } from '../../api/consents';
import { apiPath } from '../../api/paths';
import { CONTACT_CHANNELS, type ContactChannel } from '../../api/vocabulary';
import { customerLabel } from '../../components/Consents/customerLabel';
import { customerColumns } from '../../components/customerColumns';
import { DataTable } from '../../components/DataTable';
import { ChoiceField } from '../../components/fields';
import { LoadMore } from '../../components/LoadMore';
import { ResourceView } from '../../components/ResourceView';
import { usePages } from '../../hooks/usePages';
import { useTerm, useTranslate } from '../../hooks/useTranslate';

/** Who may be contacted for marketing, by which channel: whoever withdraws is not there any more. */
export const MarketableTab = () => {
  const t = useTranslate();
  const term = useTerm();
  const [channel, setChannel] = React.useState<ContactChannel>('phone');
  const pages = usePages<MarketableCustomer>(apiPath('/marketable', { channel }));
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{t('marketable.intro')}</Typography>
      <Box maxWidth="24rem">
        <ChoiceField
          name="channel"
          label={t('consent.channel')}
          value={channel}
          choices={CONTACT_CHANNELS.map((value) => ({ value, label: term('contact', value) }))}
          onChange={(chosen) => setChannel(chosen as ContactChannel)}
        />
      </Box>
      <ResourceView
        resource={pages}
        empty={{ when: (items) => items.length === 0, text: t('marketable.none') }}
      >
        {(items) => (
          <>
            <DataTable
              label={t('collection.marketable')}
              rows={items}
              idOf={({ documentId }) => documentId}
              columns={customerColumns<MarketableCustomer>(t, { labelOf: customerLabel })}
            />
            <LoadMore pages={pages} />
          </>
        )}
      </ResourceView>
    </Flex>
  );
};
