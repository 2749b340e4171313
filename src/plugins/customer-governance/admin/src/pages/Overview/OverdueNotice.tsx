import { Link as TextLink } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import { Notice } from '../../components/Notice';
import { useTranslate } from '../../hooks/useTranslate';
import { pagePath } from '../navigation';

/** Says that customers are kept for longer than the policy allows; nothing as long as none are. */
export const OverdueNotice = ({ customers }: { customers: number }) => {
  const t = useTranslate();
  if (customers === 0) return null;
  return (
    <Notice tone="danger" title={t('retention.late', { count: customers })}>
      {t('retention.lateText')}{' '}
      <TextLink tag={Link} to={pagePath('retention')}>
        {t('nav.retention')}
      </TextLink>
    </Notice>
  );
};
