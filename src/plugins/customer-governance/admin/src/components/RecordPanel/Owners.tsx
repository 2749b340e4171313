import { Flex, Typography } from '@strapi/design-system';

import { apiPath } from '../../api/paths';
import type { OwnershipView } from '../../api/register';
import { useFormat } from '../../hooks/useFormat';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { LoadMore } from '../LoadMore';
import { None, Section } from './Section';

/** Whom the customer belonged to, the last change first: who, why and when. */
export const Owners = ({ documentId }: { documentId: string }) => {
  const t = useTranslate();
  const { date } = useFormat();
  const pages = usePages<OwnershipView>(
    apiPath(`/customers/${encodeURIComponent(documentId)}/ownership`, { limit: 5 })
  );
  if (!pages.data) return null;
  return (
    <Section title={t('panel.owners')}>
      {pages.data.length === 0 && <None>{t('panel.ownersEmpty')}</None>}
      <Flex tag="ol" direction="column" alignItems="stretch" gap={2}>
        {pages.data.map(({ id, at, from, to, rule, why, by }) => (
          <li key={id}>
            <Typography tag="p" variant="pi">
              {t('panel.ownerChange', {
                from: from?.name ?? t('register.nobody'),
                to: to?.name ?? t('register.nobody'),
              })}
            </Typography>
            <Typography tag="p" variant="pi" textColor="neutral600">
              {[date(at), t(`ownershipRule.${rule}`), by.name, why].filter(Boolean).join(' · ')}
            </Typography>
          </li>
        ))}
      </Flex>
      <LoadMore pages={pages} />
    </Section>
  );
};
