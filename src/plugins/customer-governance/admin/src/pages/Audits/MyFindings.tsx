import { apiPath } from '../../api/paths';
import type { FindingView } from '../../api/types';
import { CardList } from '../../components/CardList';
import { usePages } from '../../hooks/usePages';
import { useTranslate } from '../../hooks/useTranslate';
import { FindingCard } from './FindingCard';

/** Findings for which the user is responsible. */
export const MyFindings = () => {
  const t = useTranslate();
  const pages = usePages<FindingView>(apiPath('/audit-findings/mine'));
  return (
    <CardList
      label={t('audits.mine')}
      pages={pages}
      empty={t('audits.mineEmpty')}
      idOf={({ documentId }) => documentId}
    >
      {(finding) => <FindingCard finding={finding} withAudit onChanged={pages.reload} />}
    </CardList>
  );
};
