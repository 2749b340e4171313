import { Typography } from '@strapi/design-system';

import type { RecordGrant } from '../../api/types';
import { useLocalText, useTranslate } from '../../hooks/useTranslate';
import { grantState } from '../../utils/grants';
import { AttributeList } from '../Badges';
import { DateTime } from '../DateTime';
import { SideList } from './SideList';

interface GrantsProps {
  type: string;
  grants: RecordGrant[];
}

/** What the user may see of this record by an approved request, and until when. */
export const Grants = ({ type, grants }: GrantsProps) => {
  const t = useTranslate();
  const local = useLocalText();
  return (
    <SideList
      title={t('panel.grants')}
      empty={t('panel.noGrants')}
      items={grants}
      idOf={({ documentId }) => documentId}
      headOf={(grant) => ({ name: local(grant.purpose?.name), state: grantState(grant) })}
    >
      {(grant) => (
        <>
          <Typography tag="div" variant="pi">
            <AttributeList type={type} attributes={grant.attributes} />
          </Typography>
          <Typography variant="pi" textColor="neutral600">
            {t('grant.until')} <DateTime value={grant.endsAt} />
          </Typography>
        </>
      )}
    </SideList>
  );
};
