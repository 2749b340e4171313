import { Flex, Typography } from '@strapi/design-system';

import type { FilingFacts } from '../../api/filing';
import { Facts } from '../../components/Facts';
import { useFiling } from '../../components/Filing/useFiling';
import { Notice } from '../../components/Notice';
import { ResourceView } from '../../components/ResourceView';
import { useFormat } from '../../hooks/useFormat';
import { useAttributeLabel, useLocalText, useTerm, useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

const Known = ({ facts }: { facts: FilingFacts }) => {
  const t = useTranslate();
  const term = useTerm();
  const label = useAttributeLabel();
  const text = useLocalText();
  const { list } = useFormat();
  const share = ({ filled, of, missing }: FilingFacts['required']): string =>
    [
      t('filing.filled', { filled, of }),
      missing.length > 0 &&
        t('filing.missing', { names: list(missing.map((name) => label(CUSTOMER, name))) }),
    ]
      .filter(Boolean)
      .join(' · ');
  const origin = [
    facts.source && label(`${CUSTOMER}.source`, facts.source),
    facts.method && term('method', facts.method),
    facts.partner,
  ].filter(Boolean);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {facts.alike.length > 0 && (
        <Notice tone="warning" title={t('filing.alike')}>
          {list(
            facts.alike.map(({ filingNumber, department }) =>
              [filingNumber ?? t('filing.notFiled'), department].filter(Boolean).join(' · ')
            )
          )}
        </Notice>
      )}
      {facts.plan?.inactive && <Notice tone="warning">{facts.plan.inactive}</Notice>}
      <Facts
        facts={[
          { name: t('filing.required'), value: share(facts.required) },
          { name: t('filing.recommended'), value: share(facts.recommended) },
          { name: t('filing.plan'), value: facts.plan?.title },
          { name: t('filing.origin'), value: origin.length > 0 ? origin.join(' · ') : null },
          {
            name: t('filing.consents'),
            value:
              facts.consents.length > 0
                ? list(
                    facts.consents.map(
                      ({ purpose, scope }) => `${text(purpose)} (${term('scope', scope)})`
                    )
                  )
                : null,
          },
          {
            name: t('filing.contacts'),
            value:
              facts.contacts.length > 0
                ? list(
                    facts.contacts.map(({ name, position }) =>
                      [name, position].filter(Boolean).join(' · ')
                    )
                  )
                : null,
          },
        ]}
      />
    </Flex>
  );
};

/** What the reviewer holds against the checklist, and how earlier rounds ended. */
export const ReviewFacts = ({ documentId }: { documentId: string }) => {
  const t = useTranslate();
  const filing = useFiling(documentId);
  return (
    <ResourceView resource={filing}>
      {({ facts, history }) => (
        <Flex direction="column" alignItems="stretch" gap={3}>
          {facts && <Known facts={facts} />}
          {history.some(({ decision }) => decision === 'return') && (
            <Notice tone="neutral" title={t('filing.earlier')}>
              <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
                {history
                  .filter(({ decision }) => decision === 'return')
                  .map(({ submittedAt, decidedBy, reasons }) => (
                    <Typography tag="li" key={submittedAt} style={{ whiteSpace: 'pre-line' }}>
                      {[decidedBy, reasons].filter(Boolean).join(' · ')}
                    </Typography>
                  ))}
              </Flex>
            </Notice>
          )}
        </Flex>
      )}
    </ResourceView>
  );
};
