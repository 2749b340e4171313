import { Link as TextLink } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { KnownCustomer } from '../../api/register';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { recordHref } from '../../utils/recordHref';

/** A customer by its name, where the user may see it, else by number and department. */
export const CustomerLine = ({ customer }: { customer: KnownCustomer | null }) => {
  const t = useTranslate();
  if (!customer) return <>—</>;
  const number = customer.filingNumber ?? t('register.notFiled');
  if (customer.documentId === null) {
    return <>{[number, customer.department].filter(Boolean).join(' · ')}</>;
  }
  return (
    <TextLink tag={Link} to={recordHref(`plugin::${PLUGIN_ID}.customer`, customer.documentId)}>
      {[customer.label, number].filter(Boolean).join(' · ')}
    </TextLink>
  );
};
