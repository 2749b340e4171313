import { LinkButton } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { AccessRequestView } from '../api/types';
import { useLocalText, useTranslate } from '../hooks/useTranslate';
import { requestPath } from '../pages/navigation';

interface RequestLinkProps {
  request: Pick<AccessRequestView, 'documentId' | 'purpose'>;
}

/** Leads to a request's own page. */
export const RequestLink = ({ request }: RequestLinkProps) => {
  const t = useTranslate();
  const local = useLocalText();
  return (
    <LinkButton
      tag={Link}
      to={requestPath(request.documentId)}
      variant="tertiary"
      aria-label={t('requests.openOf', { purpose: local(request.purpose?.name) })}
    >
      {t('requests.open')}
    </LinkButton>
  );
};
