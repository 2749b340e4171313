import type { KeyState } from '../../api/types';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { Notice } from '../../components/Notice';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { Panel } from '../../components/Panel';

/** How the keys stand: the running epoch, the copy of its secret, and what the restore guard found. */
export const KeysCard = ({ keys }: { keys: KeyState }) => {
  const t = useTranslate();
  const { number } = useFormat();
  const { epoch, since, overdue, unfinished, copy, guard } = keys;
  return (
    <Panel title={t('overview.keys')}>
      {!guard.checked && <Notice tone="danger">{t('overview.keys.unchecked')}</Notice>}
      {(overdue || unfinished) && <Notice tone="warning">{t('overview.keys.overdue')}</Notice>}
      {copy === 'failed' && <Notice tone="warning">{t('overview.keys.copyFailed')}</Notice>}
      {guard.destroyedAgain30d > 0 && (
        <Notice tone="warning">
          {t('overview.keys.destroyedAgain', { count: number(guard.destroyedAgain30d) })}
        </Notice>
      )}
      <Facts
        facts={[
          {
            name: t('overview.keys.epoch'),
            value: epoch === null ? t('overview.keys.noEpoch') : number(epoch),
          },
          { name: t('overview.keys.since'), value: <DateTime value={since} /> },
          { name: t('overview.keys.copy'), value: t(`overview.keys.copy.${copy}`) },
          {
            name: t('overview.keys.guard'),
            value: guard.checked ? t('overview.keys.guardChecked') : t('overview.keys.guardWaits'),
          },
          ...(guard.recalled > 0
            ? [{ name: t('overview.keys.recalled'), value: number(guard.recalled) }]
            : []),
        ]}
      />
      <Notice tone="neutral">{t('overview.keys.hint')}</Notice>
    </Panel>
  );
};
