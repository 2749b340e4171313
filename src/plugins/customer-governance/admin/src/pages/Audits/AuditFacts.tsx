import type { InternalAuditView } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import type { Fact } from '../../components/Facts';
import { useFormat } from '../../hooks/useFormat';
import { useTerm, useTranslate, useTypeLabel } from '../../hooks/useTranslate';
import { nameOf } from '../../utils/names';

/** What an audit looks at, over which period and by whom; its page and its report say the same. */
export const useAuditFacts = (): ((audit: InternalAuditView) => Fact[]) => {
  const t = useTranslate();
  const term = useTerm();
  const typeLabel = useTypeLabel();
  const { list, date } = useFormat();
  return (audit) => {
    const { scope } = audit;
    return [
      { name: t('audits.kind'), value: term('auditKind', audit.kind) },
      ...(audit.reason ? [{ name: t('audits.reason'), value: audit.reason }] : []),
      {
        name: t('audits.chapters'),
        value: list(scope.chapters.map((chapter) => term('chapter', chapter))),
      },
      {
        name: t('audits.departments'),
        value:
          scope.departments.length > 0
            ? list(scope.departments.map(({ name }) => name))
            : t('audits.allDepartments'),
      },
      {
        name: t('audits.types'),
        value: scope.types.length > 0 ? list(scope.types.map(typeLabel)) : t('audits.allTypes'),
      },
      {
        name: t('audits.period'),
        value: t('audits.fromTo', { from: date(audit.periodFrom), to: date(audit.periodTo) }),
      },
      { name: t('audits.lead'), value: nameOf(audit.lead) },
      {
        name: t('audits.auditors'),
        value: list(audit.auditors.map(({ name }) => name)),
      },
      { name: t('audits.plannedOn'), value: <DateTime value={audit.plannedOn} dayOnly /> },
      ...(audit.startedAt
        ? [{ name: t('audits.startedAt'), value: <DateTime value={audit.startedAt} /> }]
        : []),
      ...(audit.reportedAt
        ? [{ name: t('audits.reportedAt'), value: <DateTime value={audit.reportedAt} /> }]
        : []),
      ...(audit.closedAt
        ? [{ name: t('audits.closedAt'), value: <DateTime value={audit.closedAt} /> }]
        : []),
    ];
  };
};
