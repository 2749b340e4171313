import type { ImportCounts } from '../../api/imports';
import { Facts } from '../../components/Facts';
import { useFormat } from '../../hooks/useFormat';
import { useTerm, useTranslate } from '../../hooks/useTranslate';

const STATES = ['good', 'faulty', 'refused', 'duplicate'] as const;

/** How many rows came to what. */
export const Counts = ({ counts }: { counts: ImportCounts }) => {
  const t = useTranslate();
  const term = useTerm();
  const { number } = useFormat();
  return (
    <Facts
      facts={[
        { name: t('imports.rows'), value: number(counts.rows) },
        ...STATES.map((state) => ({
          name: term('rowState', state),
          value: number(counts[state]),
        })),
        { name: t('imports.normalised'), value: number(counts.normalised) },
      ]}
    />
  );
};
