import { consentsOf } from '../consents/consents';
import { adminRoute, type Domain } from '../domain';
import { coreApi, readApi } from '../http/core-api';
import { jobsOf } from '../jobs/jobs';
import { refuseForeignWrites } from '../managed-types';
import { notificationsOf } from '../notifications/notifications';
import { policyOf } from '../policy';
import { transparencyOf } from '../transparency/transparency';
import { writeInTransactions } from '../vault/lifecycles';
import { vaultOf } from '../vault/vault';
import destructionCertificate from './content-types/destruction-certificate/schema.json';
import destructionOrder from './content-types/destruction-order/schema.json';
import destructionTask from './content-types/destruction-task/schema.json';
import legalHold from './content-types/legal-hold/schema.json';
import retentionRule from './content-types/retention-rule/schema.json';
import retentionRuleChange from './content-types/retention-rule-change/schema.json';
import { retentionController } from './controller';
import { holdController } from './holds/hold-controller';
import { subscribeDeletions } from './holds/deletion';
import { subscribeDueDates } from './due/due-date-lifecycles';
import { heldRecords } from './holds/hold-coverage';
import { protectHeld } from './holds/hold-protection';
import { registerRetentionModels } from './models';
import { orderController } from './orders/order-controller';
import { orderActions, orderRoutes } from './orders/order-routes';
import { retentionOf, retentionService } from './retention';
import { ruleController } from './rules/rule-controller';
import { EXECUTION_ACTOR } from './destruction/running';
import { CERTIFICATE, CONSENT, HOLD, ORDER, RULE, RULE_CHANGE, TASK } from './uids';

// A hold is released by an update: that it was there is itself evidence, so it has no route for deletion.
const apis = [
  readApi(RULE),
  coreApi(HOLD, ['find', 'findOne', 'create', 'update']),
  readApi(ORDER),
  readApi(CERTIFICATE),
];

/** How long customers are kept, and their end. */
export const retention: Domain = {
  name: 'retention',
  contentTypes: {
    'retention-rule': { schema: retentionRule },
    'retention-rule-change': { schema: retentionRuleChange },
    'legal-hold': { schema: legalHold },
    'destruction-order': { schema: destructionOrder },
    'destruction-task': { schema: destructionTask },
    'destruction-certificate': { schema: destructionCertificate },
  },
  services: {
    retention: retentionService,
    ...Object.assign({}, ...apis.map(({ services }) => services)),
  },
  controllers: {
    retention: retentionController,
    'retention-rules': ruleController,
    hold: holdController,
    destruction: orderController,
    ...Object.assign({}, ...apis.map(({ controllers }) => controllers)),
  },
  adminRoutes: [
    adminRoute('GET', '/retention/due', 'retention.due', 'retention.read'),
    adminRoute('GET', '/retention/forecast', 'retention.forecast', 'retention.read'),
    adminRoute('GET', '/retention/consent-proofs', 'retention.consentProofs', 'retention.read'),
    // Whoever may read the customer may know how long it is kept.
    adminRoute('GET', '/retention/explain/:documentId', 'retention.explain', null),
    adminRoute('GET', '/retention/rules', 'retention-rules.find', 'retention.read'),
    adminRoute('POST', '/retention/rules/preview', 'retention-rules.preview', 'retention.rules'),
    adminRoute('GET', '/retention/rule-changes', 'retention-rules.findChanges', 'retention.read'),
    adminRoute('POST', '/retention/rule-changes', 'retention-rules.propose', 'retention.rules'),
    adminRoute(
      'POST',
      '/retention/rule-changes/:documentId/withdraw',
      'retention-rules.withdraw',
      'retention.rules'
    ),
    adminRoute('GET', '/legal-holds', 'hold.find', 'retention.read'),
    adminRoute('POST', '/legal-holds', 'hold.issue', 'holds.manage'),
    adminRoute('GET', '/legal-holds/options', 'hold.options', 'holds.manage'),
    adminRoute('POST', '/legal-holds/preview', 'hold.preview', 'holds.manage'),
    adminRoute('GET', '/legal-holds/:documentId/customers', 'hold.customers', 'retention.read'),
    adminRoute('POST', '/legal-holds/:documentId/release', 'hold.release', 'holds.manage'),
    ...orderRoutes,
  ],
  contentApiRoutes: apis.flatMap(({ contentApiRoutes }) => contentApiRoutes),
  actions: [
    {
      uid: 'retention.read',
      displayName: 'See what is due, orders and certificates',
      subCategory: 'retention',
    },
    {
      uid: 'retention.rules',
      displayName: 'Propose changes of retention rules',
      subCategory: 'retention',
    },
    {
      uid: 'holds.manage',
      displayName: 'Issue and release legal holds',
      subCategory: 'retention',
    },
    ...orderActions,
  ],

  register({ strapi }) {
    registerRetentionModels(strapi);
    retentionOf(strapi).registerKind();
  },

  async bootstrap({ strapi }) {
    const service = retentionOf(strapi);
    // A hold and its entry in the log, a consent and the due date that hangs on it, are written together.
    writeInTransactions(strapi, new Set([HOLD, CONSENT]));
    refuseForeignWrites(
      strapi,
      [ORDER, TASK, CERTIFICATE],
      'Destruction orders, their tasks and certificates are made by proposing, deciding and carrying out, not by writing rows.'
    );
    refuseForeignWrites(
      strapi,
      [RULE_CHANGE],
      'Changes of retention rules are proposed, decided and withdrawn, not written as rows.'
    );
    service.rules.subscribe();
    await service.syncRules(new Date());
    service.holds.subscribe();
    service.filterHolds.subscribe();
    subscribeDeletions(strapi);
    vaultOf(strapi).keepKeys(
      async (uid, documentIds) => new Set((await heldRecords(strapi, uid, documentIds)).keys())
    );
    service.holdings.subscribe();
    subscribeDueDates(strapi, service);
    consentsOf(strapi).onWithdrawn(async (customer) => {
      await service.recompute([customer]);
    });
    jobsOf(strapi).register({
      name: 'retention',
      cron: policyOf(strapi).get().retention.proposalCron,
      run: (now) => service.nightly(now),
    });
    await protectHeld(strapi);
    await service.holds.coverUncovered();
    notificationsOf(strapi).countTasksBy((person) => service.tasks.countOf(person));
    jobsOf(strapi).register({
      name: EXECUTION_ACTOR,
      cron: '* * * * *',
      run: async (now) => {
        await service.running.takeUp(now);
      },
    });
    jobsOf(strapi).register({
      name: 'destruction-reminders',
      cron: '0 8 * * *',
      run: async (now) => {
        await service.tasks.remind(now);
        await service.overdue.tell(now);
      },
    });
    await service.repeatDestruction();
    // Where a witness could not be asked at the start, it may know more when it can.
    transparencyOf(strapi).onRecalled(async () => {
      await service.repeatDestruction();
    });
  },

  async destroy({ strapi }) {
    await retentionOf(strapi).running.stop();
    await retentionOf(strapi).settled();
  },
};
