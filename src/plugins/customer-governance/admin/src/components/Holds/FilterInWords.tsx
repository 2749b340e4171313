import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';

import { useFormat } from '../../hooks/useFormat';
import { useAttributeLabel, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { readFilter, type Term } from './filter';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;
/** How a comparison is said; any other operator is shown as it stands. */
const SIGNS: Record<string, string> = {
  $eq: '=',
  $ne: '≠',
  $lt: '<',
  $lte: '≤',
  $gt: '>',
  $gte: '≥',
  $in: '∈',
  $notIn: '∉',
};

interface FilterInWordsProps {
  filter: Record<string, unknown>;
  /** Names of what ids stand for. */
  names?: ReadonlyMap<string, string>;
}

/** Which customers a filter fits, condition by condition. */
export const FilterInWords = ({ filter, names }: FilterInWordsProps) => {
  const t = useTranslate();
  const label = useAttributeLabel();
  const { date } = useFormat();
  const { formatMessage, messages } = useIntl();
  const terms = readFilter(filter);
  if (!terms) return <code style={{ fontFamily: 'monospace' }}>{JSON.stringify(filter)}</code>;

  const word = (value: string): string => {
    if (value === 'true') return t('hold.yes');
    if (value === 'false') return t('hold.no');
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value);
    // A choice of an enumeration has its word under itself, as the Content Manager shows it.
    return names?.get(value) ?? (value in messages ? formatMessage({ id: value }) : value);
  };
  const words = ({ attribute, operator, values }: Term): string =>
    `${label(CUSTOMER, attribute)} ${SIGNS[operator] ?? operator.slice(1)} ${values.map(word).join(', ')}`;

  return (
    <Flex tag="ul" gap={2} wrap="wrap" aria-label={t('hold.filter')}>
      {terms.map((term) => (
        <Box
          tag="li"
          key={words(term)}
          background="primary100"
          borderColor="primary200"
          hasRadius
          paddingLeft={2}
          paddingRight={2}
        >
          <Typography variant="pi" textColor="primary700">
            {words(term)}
          </Typography>
        </Box>
      ))}
    </Flex>
  );
};
