import { onRecordDeleted } from '../deleted-records';
import { adminRoute, type Domain } from '../domain';
import { jobsOf } from '../jobs/jobs';
import { policyOf, resolveAttribute } from '../policy';
import { CUSTOMER } from '../policy/attribute-path';
import { retentionOf } from '../retention/retention';
import { vaultOf } from '../vault/vault';
import { verificationApiController, verificationApiRoutes } from './content-api';
import { verificationController } from './controller';
import { registerVerificationModels } from './models';
import { verificationOf, verificationService } from './verification';

const RECORD = 'verification.record';
const SAMPLE = 'verification.sample';

/** Verification of key facts: by whom, how and when; what waits for it, and how accurate the files are [COL-8]. */
export const verification: Domain = {
  name: 'verification',
  services: { verification: verificationService },
  controllers: {
    verification: verificationController,
    'verification-api': verificationApiController,
  },
  adminRoutes: [
    adminRoute('GET', '/verification/tasks', 'verification.tasks', RECORD),
    adminRoute('GET', '/verification/sample', 'verification.sample', SAMPLE),
    adminRoute('GET', '/verification/accuracy', 'verification.accuracy', SAMPLE),
    adminRoute('POST', '/verification/sample/:documentId', 'verification.callBack', SAMPLE),
    // Whoever may read the customer may know how its facts stand.
    adminRoute('GET', '/verification/customers/:documentId', 'verification.findOne', null),
    adminRoute('POST', '/verification/customers/:documentId', 'verification.record', RECORD),
  ],
  contentApiRoutes: verificationApiRoutes,
  actions: [
    { uid: RECORD, displayName: 'Verify key facts of customers', subCategory: 'verification' },
    {
      uid: SAMPLE,
      displayName: 'Call customers of the sample back, and read how accurate the files are',
      subCategory: 'verification',
    },
  ],

  register({ strapi }) {
    registerVerificationModels(strapi);
  },

  bootstrap({ strapi }) {
    const facts = new Set(
      policyOf(strapi)
        .get()
        .verification.facts.map((path) => resolveAttribute(path).attribute)
    );
    vaultOf(strapi).guardChanges({
      watches: (uid, attribute) => uid === CUSTOMER && facts.has(attribute),
      check: async (uid, attributes, documentId) => {
        if (uid !== CUSTOMER) return;
        await verificationOf(strapi).recording.voidFor(documentId, attributes, new Date());
      },
    });
    onRecordDeleted(strapi, [CUSTOMER], (_uid, customer) =>
      verificationOf(strapi).forgetCustomers([customer])
    );
    retentionOf(strapi).onDestroyed((customers) =>
      verificationOf(strapi).forgetCustomers(customers)
    );
    retentionOf(strapi).onAttributesDestroyed((type, documentIds, attributes) =>
      verificationOf(strapi).forgetAttributes(type, documentIds, attributes)
    );
    jobsOf(strapi).register({
      name: 'verification',
      cron: '40 3 * * *',
      run: async (now) => {
        await verificationOf(strapi).tasks.run(now);
        await verificationOf(strapi).sampling.draw(now);
      },
    });
  },
};
