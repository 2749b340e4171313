import { Badge, Flex, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';

import type { MappedAttribute, MappedType, Revealer } from '../../api/dataMap';
import { LevelBadge } from '../../components/Badges';
import { useRuleWords } from '../../components/RetentionRules/useRuleWords';
import { useFormat } from '../../hooks/useFormat';
import { useAttributeLabel, useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';

const COLUMNS = ['attribute', 'category', 'purposes', 'retention', 'revealedBy'] as const;

/** Short lines one below the other; a dash where there are none. */
const Lines = ({ texts }: { texts: string[] }) =>
  texts.length === 0 ? (
    <Typography textColor="neutral500">–</Typography>
  ) : (
    <Flex
      tag="ul"
      direction="column"
      alignItems="flex-start"
      gap={1}
      maxWidth="28rem"
      style={{ whiteSpace: 'normal' }}
    >
      {[...new Set(texts)].map((text) => (
        <li key={text}>
          <Typography variant="pi">{text}</Typography>
        </li>
      ))}
    </Flex>
  );

/** Who reveals, with the conditions that narrow it. */
const useRevealerText = (): ((revealer: Revealer) => string) => {
  const t = useTranslate();
  const term = useTerm();
  const { list } = useFormat();
  return ({ kind, name, conditions }) => {
    const who = t(`dataMap.revealer.${kind}`, { name });
    return conditions.length === 0
      ? who
      : t('dataMap.limited', {
          who,
          conditions: list(conditions.map((condition) => term('condition', condition))),
        });
  };
};

const AttributeRow = ({ uid, attribute }: { uid: string; attribute: MappedAttribute }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const local = useLocalText();
  const words = useRuleWords();
  const revealer = useRevealerText();
  const { name, category, level, kind, ambient, controlled } = attribute;
  const ruleText = (rule: MappedAttribute['retention'][number]): string => {
    const purpose = attribute.purposes.find(({ code }) => code === rule.purpose) ?? rule.purpose;
    const everybody = rule.customerClass === 'all' && purpose === undefined;
    const conditions = words.condition({ ...rule, purpose });
    return everybody
      ? words.term(rule)
      : t('dataMap.limited', { who: words.term(rule), conditions });
  };
  return (
    <Tr>
      <Td>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography fontWeight="semiBold">{label(uid, name)}</Typography>
          <Typography variant="pi" textColor="neutral600">
            {kind ? t('dataMap.sealed', { kind: term('kind', kind) }) : t('dataMap.inClear')}
          </Typography>
          <Flex gap={1} wrap="wrap">
            {ambient && <Badge size="S">{t('dataMap.ambient')}</Badge>}
            {controlled && <Badge size="S">{t('dataMap.controlled')}</Badge>}
          </Flex>
        </Flex>
      </Td>
      <Td>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          {category && <Typography variant="pi">{t(`category.${category}`)}</Typography>}
          {level && <LevelBadge level={level} />}
        </Flex>
      </Td>
      <Td>
        <Lines texts={attribute.purposes.map((purpose) => local(purpose.name))} />
      </Td>
      <Td>
        <Lines texts={attribute.retention.map(ruleText)} />
      </Td>
      <Td>
        <Lines texts={attribute.revealedBy.map(revealer)} />
      </Td>
    </Tr>
  );
};

/** The attributes of a type: how careful, what for, how long, and who sees them in clear. */
export const AttributeTable = ({ type, label }: { type: MappedType; label: string }) => {
  const t = useTranslate();
  return (
    <Table colCount={COLUMNS.length} rowCount={type.attributes.length + 1} aria-label={label}>
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>
              <Typography variant="sigma">{t(`dataMap.${column}`)}</Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {type.attributes.map((attribute) => (
          <AttributeRow key={attribute.name} uid={type.uid} attribute={attribute} />
        ))}
      </Tbody>
    </Table>
  );
};
