import { PageFrame } from '../../components/PageFrame';
import { TabbedPage } from '../../components/TabbedPage';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { OwnList } from './OwnList';
import { ReviewList } from './ReviewList';

/** What waits for its review, and what of the user's own is not filed yet. */
export const FilingPage = () => {
  const t = useTranslate();
  const mayReview = usePermission('filing.review');
  const maySubmit = usePermission('filing.submit');
  return (
    <PageFrame title={t('filing.title')} subtitle={t('filing.subtitle')}>
      <TabbedPage
        label={t('filing.title')}
        tabs={[
          ...(mayReview
            ? [{ id: 'review', label: t('filing.inbox'), content: <ReviewList /> }]
            : []),
          ...(maySubmit ? [{ id: 'own', label: t('filing.own'), content: <OwnList /> }] : []),
        ]}
      />
    </PageFrame>
  );
};
