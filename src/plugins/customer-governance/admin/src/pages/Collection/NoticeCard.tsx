import { Button, Typography } from '@strapi/design-system';
import { Check, Pencil, Plus } from '@strapi/icons';

import type { NoticeView } from '../../api/consents';
import { StateBadge } from '../../components/Badges';
import { Card } from '../../components/Card';
import { ConfirmDialog } from '../../components/ConfirmDialog';
import { NoticeWords } from '../../components/Consents/NoticeWords';
import { DateTime } from '../../components/DateTime';
import { Facts } from '../../components/Facts';
import { useDialogs } from '../../hooks/useDialogs';
import { usePermission } from '../../hooks/usePermission';
import { useTranslate } from '../../hooks/useTranslate';
import { MissingList } from './MissingList';
import { NoticeDialog } from './NoticeDialog';

interface NoticeCardProps {
  notice: NoticeView;
  onChanged: () => void;
}

/** One version of a notice: what it says, by which hash it is known, and who has yet to answer to it. */
export const NoticeCard = ({ notice, onChanged }: NoticeCardProps) => {
  const t = useTranslate();
  const mayPublish = usePermission('notices.publish');
  const { open, setOpen, close, done, submission } = useDialogs<
    'edit' | 'next' | 'publish' | 'missing'
  >(onChanged);
  const { documentId, title, code, version, state } = notice;
  const name = `${title} ${version}`;

  const publish = async (): Promise<void> => {
    if (await submission.post(`/notices/${documentId}/publish`)) done(t('notice.published'));
  };

  return (
    <Card
      title={title}
      badges={<StateBadge state={state} />}
      aside={<DateTime value={notice.issuedAt ?? notice.createdAt} />}
      actions={
        state !== 'replaced' && (
          <>
            {state === 'published' && (
              <Button
                variant="tertiary"
                aria-expanded={open === 'missing'}
                aria-label={t('notice.missingOf', { name })}
                onClick={() => setOpen(open === 'missing' ? null : 'missing')}
              >
                {t('notice.missing')}
              </Button>
            )}
            {mayPublish && state === 'published' && (
              <Button
                variant="secondary"
                startIcon={<Plus />}
                aria-label={t('notice.nextOf', { name })}
                onClick={() => setOpen('next')}
              >
                {t('notice.next')}
              </Button>
            )}
            {mayPublish && state === 'draft' && (
              <>
                <Button
                  variant="tertiary"
                  startIcon={<Pencil />}
                  aria-label={t('notice.editOf', { name })}
                  onClick={() => setOpen('edit')}
                >
                  {t('notice.edit')}
                </Button>
                <Button
                  startIcon={<Check />}
                  aria-label={t('notice.publishOf', { name })}
                  onClick={() => setOpen('publish')}
                >
                  {t('notice.publish')}
                </Button>
              </>
            )}
          </>
        )
      }
    >
      <Facts
        facts={[
          { name: t('notice.code'), value: code },
          { name: t('notice.version'), value: version },
          ...(notice.textHash
            ? [{ name: t('notice.hash'), value: <Hash value={notice.textHash} /> }]
            : []),
          ...(notice.publisher ? [{ name: t('notice.publisher'), value: notice.publisher }] : []),
          ...(notice.replacedAt
            ? [{ name: t('notice.replacedAt'), value: <DateTime value={notice.replacedAt} /> }]
            : []),
          ...(notice.reliedUntil
            ? [{ name: t('notice.reliedUntil'), value: <DateTime value={notice.reliedUntil} /> }]
            : []),
        ]}
      />
      <NoticeWords texts={notice.texts} />
      {open === 'missing' && <MissingList notice={documentId} />}
      {(open === 'edit' || open === 'next') && (
        <NoticeDialog
          notice={open === 'edit' ? notice : null}
          like={notice}
          onDone={() => done(t('notice.saved'))}
          onClose={close}
        />
      )}
      {open === 'publish' && (
        <ConfirmDialog
          title={t('notice.publishTitle')}
          confirmLabel={t('notice.publish')}
          submission={submission}
          onConfirm={publish}
          onClose={close}
        >
          {t('notice.publishText', { name })}
        </ConfirmDialog>
      )}
    </Card>
  );
};

const Hash = ({ value }: { value: string }) => (
  <Typography variant="pi" style={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
    {value}
  </Typography>
);
