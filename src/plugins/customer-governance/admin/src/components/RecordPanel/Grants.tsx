import { Flex, Typography } from '@strapi/design-system';

import type { RecordGrant } from '../../api/types';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { grantState } from '../../utils/grants';
import { AttributeList, StateBadge } from '../Badges';
import { DateTime } from '../DateTime';
import { None, Section } from './Section';

interface GrantsProps {
  type: string;
  grants: RecordGrant[];
}

/** What the user may see of this record by an approved request, and until when. */
export const Grants = ({ type, grants }: GrantsProps) => {
  const t = useTranslate();
  const local = useLocalText();
  return (
    <Section title={t('panel.grants')}>
      {grants.length === 0 && <None>{t('panel.noGrants')}</None>}
      {grants.length > 0 && (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
          {grants.map((grant) => (
            <Flex
              tag="li"
              key={grant.documentId}
              direction="column"
              alignItems="flex-start"
              gap={1}
            >
              <Flex gap={2} wrap="wrap">
                <Typography>{local(grant.purpose?.name)}</Typography>
                <StateBadge state={grantState(grant)} />
              </Flex>
              <Typography tag="div" variant="pi">
                <AttributeList type={type} attributes={grant.attributes} />
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                {t('grant.until')} <DateTime value={grant.endsAt} />
              </Typography>
            </Flex>
          ))}
        </Flex>
      )}
    </Section>
  );
};
