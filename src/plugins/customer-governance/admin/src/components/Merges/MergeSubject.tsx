import { Flex, Typography } from '@strapi/design-system';

import type { MergeView } from '../../api/merges';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { LevelBadge } from '../Badges';
import { DataTable } from '../DataTable';
import { Facts } from '../Facts';
import { FileName } from './FileName';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** A request to make one file of two, with all that is needed to decide on it. */
export const MergeSubject = ({ merge }: { merge: MergeView }) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const { survivor, merged, mergedNumber, differences, reason } = merge;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Facts
        facts={[
          {
            name: t('merge.survivor'),
            value: survivor ? <FileName file={survivor} /> : t('merge.gone'),
          },
          {
            name: t('merge.merged'),
            value: merged ? <FileName file={merged} /> : (mergedNumber ?? t('merge.gone')),
          },
          { name: t('merge.reason'), value: reason },
        ]}
      />
      {differences.length > 0 && (
        <DataTable
          label={t('merge.differences')}
          rows={differences}
          idOf={({ attribute }) => attribute}
          columns={[
            {
              title: t('minimality.attribute'),
              cell: ({ attribute, level }) => (
                <Flex gap={2}>
                  <Typography>{label(CUSTOMER, attribute)}</Typography>
                  {level && <LevelBadge level={level} />}
                </Flex>
              ),
            },
            {
              title: t('merge.survivor'),
              maxWidth: '24rem',
              cell: ({ survivor: own, taken }) => (
                <Typography fontWeight={taken ? undefined : 'bold'}>{own ?? '—'}</Typography>
              ),
            },
            {
              title: t('merge.merged'),
              maxWidth: '24rem',
              cell: ({ merged: other, taken }) => (
                <Typography fontWeight={taken ? 'bold' : undefined}>{other ?? '—'}</Typography>
              ),
            },
          ]}
        />
      )}
    </Flex>
  );
};
