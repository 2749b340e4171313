import { Box, Flex, Link as TextLink } from '@strapi/design-system';
import { SubNav } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';

import { useNotificationCounts } from '../hooks/useNotificationCounts';
import { usePermissions } from '../hooks/usePermission';
import { useTranslate } from '../hooks/useTranslate';
import { PAGE_PERMISSIONS, type GovernancePage } from '../permissions';
import { pagePath, PAGES } from '../pages/navigation';
import { CountBadge } from './CountBadge';

/** The pages that the user may open. */
export const usePermittedPages = (): GovernancePage[] => {
  const holdsAny = usePermissions();
  const { findings, tasks } = useNotificationCounts();
  // Who is responsible for a finding, or for a destruction by hand, comes to it whatever their role.
  return PAGES.filter(
    (page) =>
      holdsAny(PAGE_PERMISSIONS[page]) ||
      (page === 'audits' && findings > 0) ||
      (page === 'retention' && tasks > 0)
  );
};

/** How much on a page waits for the user. */
const PageBadge = ({ page }: { page: GovernancePage }) => {
  const t = useTranslate();
  const { unread, waiting, findings, tasks } = useNotificationCounts();
  if (page === 'approvals')
    return <CountBadge count={waiting} label={t('nav.waiting', { count: waiting })} />;
  if (page === 'notifications')
    return <CountBadge count={unread} label={t('nav.unread', { count: unread })} />;
  if (page === 'audits')
    return <CountBadge count={findings} label={t('nav.findings', { count: findings })} />;
  if (page === 'retention')
    return <CountBadge count={tasks} label={t('nav.tasks', { count: tasks })} />;
  return null;
};

/** The side navigation between the governance pages. */
export const GovernanceNav = () => {
  const t = useTranslate();
  const pages = usePermittedPages();
  return (
    <SubNav.Main aria-label={t('nav.label')}>
      <SubNav.Header label={t('plugin.name')} />
      <SubNav.Content>
        <Box paddingTop={4} paddingLeft={3} paddingRight={3}>
          <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
            {pages.map((page) => (
              <li key={page}>
                <SubNav.Link
                  to={pagePath(page)}
                  label={t(`nav.${page}`)}
                  endAction={<PageBadge page={page} />}
                />
              </li>
            ))}
          </Flex>
        </Box>
      </SubNav.Content>
    </SubNav.Main>
  );
};

/** The same pages in a row, where the screen is too narrow for a side navigation. */
export const NarrowNav = () => {
  const t = useTranslate();
  const pages = usePermittedPages();
  return (
    <Box
      display={{ initial: 'block', medium: 'none' }}
      padding={4}
      background="neutral0"
      tag="nav"
      aria-label={t('nav.label')}
    >
      <Flex tag="ul" gap={4} wrap="wrap">
        {pages.map((page) => (
          <li key={page}>
            <TextLink tag={NavLink} to={pagePath(page)}>
              {t(`nav.${page}`)}
            </TextLink>{' '}
            <PageBadge page={page} />
          </li>
        ))}
      </Flex>
    </Box>
  );
};
