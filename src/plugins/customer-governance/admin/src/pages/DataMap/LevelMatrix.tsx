import { Box, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { MappedType } from '../../api/dataMap';
import { CATEGORIES, LEVELS, type Level } from '../../api/vocabulary';
import { LevelBadge } from '../../components/Badges';
import { useFormat } from '../../hooks/useFormat';
import { useTranslate } from '../../hooks/useTranslate';
import { countsOf, type Cell } from './matrix';

interface LevelMatrixProps {
  types: readonly MappedType[];
  chosen: Cell | null;
  onChoose: (cell: Cell | null) => void;
}

const SHADES: Record<Level, 'neutral150' | 'secondary100' | 'warning200' | 'danger200'> = {
  public: 'neutral150',
  internal: 'secondary100',
  personal: 'warning200',
  sensitive: 'danger200',
};

const Count = styled.button<{ $level: Level }>`
  min-width: 5.6rem;
  padding: 0.6rem 1.2rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme, $level }) => theme.colors[SHADES[$level]]};
  color: ${({ theme }) => theme.colors.neutral800};
  border: 2px solid transparent;
  font-weight: 600;
  cursor: pointer;

  &[aria-pressed='true'] {
    border-color: ${({ theme }) => theme.colors.primary600};
  }
`;

/** How many attributes are how sensitive, by category: where a look tells what is held. A cell narrows the table below. */
export const LevelMatrix = ({ types, chosen, onChoose }: LevelMatrixProps) => {
  const t = useTranslate();
  const { number } = useFormat();
  const counts = countsOf(types);
  return (
    <Box paddingBottom={6}>
      <Table
        colCount={LEVELS.length + 1}
        rowCount={CATEGORIES.length + 1}
        aria-label={t('dataMap.matrix')}
      >
        <Thead>
          <Tr>
            <Th>
              <Typography variant="sigma">{t('dataMap.category')}</Typography>
            </Th>
            {LEVELS.map((level) => (
              <Th key={level}>
                <LevelBadge level={level} />
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {CATEGORIES.map((category) => (
            <Tr key={category}>
              <Td>
                <Typography fontWeight="semiBold">{t(`category.${category}`)}</Typography>
              </Td>
              {LEVELS.map((level) => {
                const count = counts.get(`${category}/${level}`) ?? 0;
                const pressed = chosen?.category === category && chosen.level === level;
                return (
                  <Td key={level}>
                    {count === 0 ? (
                      <Typography textColor="neutral500">–</Typography>
                    ) : (
                      <Count
                        type="button"
                        $level={level}
                        aria-pressed={pressed}
                        aria-label={t('dataMap.cell', {
                          category: t(`category.${category}`),
                          level: t(`level.${level}`),
                          count,
                        })}
                        onClick={() => onChoose(pressed ? null : { category, level })}
                      >
                        {number(count)}
                      </Count>
                    )}
                  </Td>
                );
              })}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Box>
  );
};
