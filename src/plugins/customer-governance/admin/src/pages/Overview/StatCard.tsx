import { Flex, Link as TextLink, Typography } from '@strapi/design-system';
import { Link } from 'react-router-dom';

import { useFormat } from '../../hooks/useFormat';
import { usePermissions } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { PAGE_PERMISSIONS } from '../../permissions';
import { pagePath } from '../navigation';
import type { Figure } from './figures';

/** One figure, with the way to the page that tells more where the user may go there. */
export const StatCard = ({ id, value, page }: Figure) => {
  const t = useTranslate();
  const { number } = useFormat();
  const holdsAny = usePermissions();
  const open = page !== null && holdsAny(PAGE_PERMISSIONS[page]);
  return (
    <Flex
      direction="column"
      alignItems="flex-start"
      gap={2}
      padding={5}
      width="100%"
      background="neutral0"
      shadow="tableShadow"
      hasRadius
    >
      <Typography variant="pi" textColor="neutral600">
        {t(`figure.${id}`)}
      </Typography>
      <Typography variant="alpha" data-figure={id}>
        {id === 'accuracy' ? `${number(value)} %` : number(value)}
      </Typography>
      {open && (
        <TextLink tag={Link} to={pagePath(page)}>
          {t(`nav.${page}`)}
        </TextLink>
      )}
    </Flex>
  );
};
