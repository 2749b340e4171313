import * as React from 'react';

import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { useAuth } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';

import { apiPath } from '../../../api/paths';
import type { WebFormView } from '../../../api/webForms';
import { CardList } from '../../../components/CardList';
import { usePages } from '../../../hooks/usePages';
import { useTranslate } from '../../../hooks/useTranslate';
import { EmbedDialog } from './EmbedDialog';
import { WEB_FORM, WebFormCard } from './WebFormCard';

const CREATE = 'plugin::content-manager.explorer.create';

/** The forms of the company's own websites, the newest first. */
export const WebFormList = () => {
  const t = useTranslate();
  const mayCreate = useAuth('WebFormList', ({ permissions }) =>
    permissions.some(({ action, subject }) => action === CREATE && subject === WEB_FORM)
  );
  const [embedded, setEmbedded] = React.useState<WebFormView | null>(null);
  const pages = usePages<WebFormView>(apiPath('/web-forms'));
  return (
    <>
      <Flex
        justifyContent="space-between"
        alignItems="center"
        gap={4}
        wrap="wrap"
        paddingBottom={4}
      >
        <Typography textColor="neutral600">{t('webForms.intro')}</Typography>
        {mayCreate && (
          <LinkButton
            tag={Link}
            to={`/content-manager/collection-types/${WEB_FORM}/create`}
            startIcon={<Plus />}
          >
            {t('webForms.new')}
          </LinkButton>
        )}
      </Flex>
      <CardList
        label={t('webForms.title')}
        pages={pages}
        empty={t('webForms.empty')}
        idOf={({ documentId }) => documentId}
      >
        {(form) => <WebFormCard form={form} onEmbed={() => setEmbedded(form)} />}
      </CardList>
      {embedded && <EmbedDialog form={embedded} onClose={() => setEmbedded(null)} />}
    </>
  );
};
