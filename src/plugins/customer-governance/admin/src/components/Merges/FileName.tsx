import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import type { FileView } from '../../api/merges';
import { useTranslate } from '../../hooks/useTranslate';
import { PLUGIN_ID } from '../../pluginId';
import { recordHref } from '../../utils/recordHref';

const CUSTOMER = `plugin::${PLUGIN_ID}.customer`;

/** A file by its mask, with its number and department; of one out of sight these two alone. */
export const FileName = ({ file }: { file: FileView }) => {
  const t = useTranslate();
  const { documentId, label, filingNumber, department, owner } = file;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {documentId === null ? (
        <Typography>{t('merge.outOfSight')}</Typography>
      ) : (
        <TextLink tag={Link} to={recordHref(CUSTOMER, documentId)}>
          {label}
        </TextLink>
      )}
      <Typography variant="pi" textColor="neutral600">
        {[filingNumber ?? t('merge.notFiled'), department, owner].filter(Boolean).join(' · ')}
      </Typography>
    </Flex>
  );
};
