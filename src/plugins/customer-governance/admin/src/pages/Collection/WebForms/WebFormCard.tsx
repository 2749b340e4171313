import { Badge, Button, Link as TextLink } from '@strapi/design-system';
import { Code } from '@strapi/icons';
import { Link } from 'react-router-dom';

import type { WebFormView } from '../../../api/webForms';
import { Card } from '../../../components/Card';
import { Facts } from '../../../components/Facts';
import { Notice } from '../../../components/Notice';
import { useFormat } from '../../../hooks/useFormat';
import { useTerm, useTranslate } from '../../../hooks/useTranslate';
import { PLUGIN_ID } from '../../../pluginId';
import { recordHref } from '../../../utils/recordHref';

export const WEB_FORM = `plugin::${PLUGIN_ID}.web-form`;

interface WebFormCardProps {
  form: WebFormView;
  onEmbed: () => void;
}

/** One form: which pages may show it, where its customers go, and how many there were. */
export const WebFormCard = ({ form, onEmbed }: WebFormCardProps) => {
  const t = useTranslate();
  const term = useTerm();
  const { number, list } = useFormat();
  const { title, state, counts, allowedOrigins } = form;
  const goTo = [form.owner, form.department].filter((name): name is string => name !== null);
  return (
    <Card
      title={title}
      badges={
        <Badge variant={state === 'active' ? 'success' : 'neutral'}>{term('state', state)}</Badge>
      }
      actions={
        <>
          <TextLink tag={Link} to={recordHref(WEB_FORM, form.documentId)}>
            {t('webForms.open')}
          </TextLink>
          <Button
            variant="secondary"
            startIcon={<Code />}
            aria-label={t('webForms.embedOf', { title })}
            onClick={onEmbed}
          >
            {t('webForms.embed')}
          </Button>
        </>
      }
    >
      {form.inactive && <Notice tone="warning">{t('webForms.planInactive')}</Notice>}
      <Facts
        facts={[
          { name: t('webForms.code'), value: form.code },
          { name: t('webForms.plan'), value: form.plan?.title },
          {
            name: t('webForms.origins'),
            value: allowedOrigins.length > 0 ? list(allowedOrigins) : undefined,
          },
          { name: t('webForms.goTo'), value: goTo.length > 0 ? list(goTo) : undefined },
          {
            name: t('webForms.today'),
            value: t('webForms.ofCap', {
              count: number(counts.today),
              cap: number(form.entriesPerDay),
            }),
          },
          { name: t('webForms.month'), value: number(counts.month) },
          { name: t('webForms.refused'), value: number(counts.refused) },
        ]}
      />
    </Card>
  );
};
