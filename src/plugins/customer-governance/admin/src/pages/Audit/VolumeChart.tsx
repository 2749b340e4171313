import type { DayVolume } from '../../api/types';
import { StackedChart } from '../../components/StackedChart';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { groupsIn, totalOf } from './groups';
import { useGroupParts } from './useGroupParts';

/** It has a row of its own. */
const WIDTH = 1120;

/** Entries by day and group of actions. */
export const VolumeChart = ({ label, days }: { label: string; days: DayVolume[] }) => {
  const t = useTranslate();
  const { date, number } = useFormat();
  const parts = useGroupParts(groupsIn(days.map((day) => day.groups)));
  const total = days.reduce((sum, day) => sum + totalOf(day.groups), 0);
  return (
    <StackedChart
      label={label}
      summary={t('audit.entriesCount', { count: total, shown: number(total) })}
      columnTitle={t('audit.day')}
      parts={parts}
      columns={days.map(({ day, groups }) => ({
        id: day,
        name: date(day),
        short: [day.slice(5)],
        counts: groups,
      }))}
      width={WIDTH}
    />
  );
};
