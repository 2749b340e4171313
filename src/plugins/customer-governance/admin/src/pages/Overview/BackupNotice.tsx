import { Link as TextLink } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { BackupSummary } from '../../api/types';
import { Notice } from '../../components/Notice';
import { useTranslate } from '../../hooks/useTranslate';
import { pagePath } from '../navigation';

/** Says what is wrong with the backups; nothing as long as nothing is. */
export const BackupNotice = ({ backup: { configured, overdue } }: { backup: BackupSummary }) => {
  const t = useTranslate();
  if (configured && !overdue.backup && !overdue.drill) return null;
  const link = (
    <TextLink tag={Link} to={pagePath('backup')}>
      {t('nav.backup')}
    </TextLink>
  );
  if (!configured) {
    return (
      <Notice tone="danger" title={t('backup.nothing')}>
        {t('backup.nothingText')} {link}
      </Notice>
    );
  }
  return (
    <Notice tone={overdue.backup ? 'danger' : 'warning'} title={t('backup.overdue')}>
      {overdue.backup && <p>{t('backup.overdueBackup')}</p>}
      {overdue.drill && <p>{t('backup.overdueDrill')}</p>}
      {link}
    </Notice>
  );
};
