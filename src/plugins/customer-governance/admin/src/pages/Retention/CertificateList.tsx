import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import { apiPath } from '../../api/paths';
import type { DestructionOrderView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { LoadMore } from '../../components/LoadMore';
import { Nothing, ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { certificatePath } from './paths';

/** The certificates of the orders that were carried out. */
export const CertificateList = () => {
  const t = useTranslate();
  const { number } = useFormat();
  const pages = usePages<DestructionOrderView>(
    apiPath('/destruction-orders', { state: 'executed' })
  );
  return (
    <ResourceView resource={pages}>
      {(orders) => {
        const certified = orders.flatMap((order) =>
          order.certificate ? [{ order, certificate: order.certificate }] : []
        );
        return (
          <>
            {certified.length === 0 && !pages.hasMore && (
              <Nothing>{t('retention.certificatesEmpty')}</Nothing>
            )}
            <Flex
              tag="ul"
              aria-label={t('retention.certificates')}
              direction="column"
              alignItems="stretch"
              gap={2}
            >
              {certified.map(({ order, certificate }) => (
                <Flex
                  tag="li"
                  key={certificate.documentId}
                  justifyContent="space-between"
                  gap={4}
                  wrap="wrap"
                  padding={4}
                  background="neutral0"
                  shadow="tableShadow"
                  hasRadius
                >
                  <TextLink tag={Link} to={certificatePath(certificate.documentId)}>
                    {certificate.number}
                  </TextLink>
                  <Typography>
                    {t('certificate.records', {
                      count: order.count,
                      shown: number(order.count),
                    })}
                  </Typography>
                  <Typography textColor="neutral600">
                    <DateTime value={order.executedAt} />
                  </Typography>
                </Flex>
              ))}
            </Flex>
            <LoadMore pages={pages} />
          </>
        );
      }}
    </ResourceView>
  );
};
