import { backupOf } from '../backup/service';
import { adminRoute, type Domain } from '../domain';
import { explorerOf } from '../explorer/explorer';
import { coreApi } from '../http/core-api';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { forbidden } from '../refusal';
import { vaultOf } from '../vault/vault';
import { changesOf } from '../changes/changes';
import { retentionOf } from '../retention/retention';
import { ATTACHMENT, CONTENTS } from './attachment';
import { restoreTarget } from './backup';
import { attachmentsOf, attachmentsService } from './attachments';
import { attachmentApiController, attachmentApiRoutes } from './content-api';
import attachment from './content-types/attachment/schema.json';
import { attachmentsController } from './controller';
import { addEvidenceRule } from './evidence';
import { registerAttachmentModels } from './models';

const api = coreApi(ATTACHMENT, ['find', 'findOne']);
const OWN_WAY =
  'Attachments are uploaded and removed by their own actions, with their file, not by writing rows.';

/** Files of customers [HLD-3]. */
export const attachments: Domain = {
  name: 'attachments',
  contentTypes: { attachment: { schema: attachment } },
  services: {
    attachments: attachmentsService,
    'attachments-offline': () => ({ restoreTarget }),
    ...api.services,
  },
  controllers: {
    attachments: attachmentsController as never,
    attachment: attachmentApiController as never,
  },
  adminRoutes: [
    // What of it may be seen and opened hangs on the record: the service asks the role's permissions on attachments.
    adminRoute('GET', '/customers/:documentId/attachments', 'attachments.find', null),
    adminRoute('GET', '/attachment-options', 'attachments.options', 'attachments.upload'),
    adminRoute(
      'POST',
      '/customers/:documentId/attachments',
      'attachments.upload',
      'attachments.upload'
    ),
    adminRoute('POST', '/attachments/:documentId/download', 'attachments.download', null),
    adminRoute(
      'POST',
      '/attachments/:documentId/remove',
      'attachments.remove',
      'attachments.remove'
    ),
  ],
  contentApiRoutes: [...api.contentApiRoutes, ...attachmentApiRoutes],
  actions: [
    { uid: 'attachments.upload', displayName: 'Upload attachments', subCategory: 'attachments' },
    { uid: 'attachments.remove', displayName: 'Remove attachments', subCategory: 'attachments' },
  ],

  register({ strapi }) {
    registerAttachmentModels(strapi);
  },

  bootstrap({ strapi }) {
    attachmentsOf(strapi).start();
    backupOf(strapi).includeFiles(attachmentsOf(strapi).backedUpFiles());
    refuseForeignWrites(strapi, [ATTACHMENT], OWN_WAY);
    // What the vault holds of a file belongs to that file for good.
    vaultOf(strapi).guardChanges({
      watches: (uid, attribute) => uid === ATTACHMENT && CONTENTS.includes(attribute),
      check(uid, replaced) {
        if (uid === ATTACHMENT && replaced.some((name) => CONTENTS.includes(name))) {
          throw forbidden('The content of an attachment stays as it is. Upload another file.');
        }
      },
    });
    attachmentsOf(strapi).subscribe();
    addEvidenceRule(strapi);
    retentionOf(strapi).onDestroyed((_customers, _contacts, ids) =>
      changesOf(strapi).forgetRecords(ATTACHMENT, ids)
    );
    explorerOf(strapi).registerRelated(async (documentId, limit) => {
      const found: Array<{ documentId: string }> = await strapi.db.query(ATTACHMENT).findMany({
        select: ['documentId'],
        where: { customer: { documentId } },
        orderBy: 'id',
        limit,
      });
      return found.map((row) => row.documentId);
    });
    jobsOf(strapi).register({
      name: 'attachment-sweep',
      cron: '*/30 * * * *',
      run: async (now) => {
        await attachmentsOf(strapi).sweep(now);
      },
    });
  },
};
