import type { Core } from '@strapi/strapi';
import { approvalsOf } from '../approvals/approvals';
import type { CustomerStage } from '../customers/stages';
import type { StaffRef } from '../organisation/organisation';
import { createAttributeDues } from './due/attribute-dues';
import { repeatAttributes } from './destruction/attribute-repeat';
import { createAttributeSubjects } from './destruction/attribute-subjects';
import { invalid } from '../refusal';
import { createConsentProofs } from './destruction/consent-proofs';
import { createCandidates } from './due/candidates';
import {
  createAttributeRemoval,
  type AttributesDestroyedListener,
} from './destruction/attribute-removal';
import { createCertificates } from './orders/certificates';
import { createCompletion } from './orders/completion';
import { createConfirmation } from './orders/confirmation';
import { createDestruction } from './destruction/destruction';
import type { Day } from './due/due-date';
import { createDormancy } from './due/dormancy';
import { createDueDates } from './due/due-dates';
import { createDueList, type DueCursor } from './due/due-list';
import { createExecution, type StepListener } from './destruction/execution';
import { createExplainer } from './due/explain';
import { createFactsReader } from './due/facts-reader';
import { createFindings } from './destruction/findings';
import { createForecast } from './due/forecast';
import { createHeld } from './holds/held';
import { createCoverage, heldRecords } from './holds/hold-coverage';
import { createFilterHolds } from './holds/hold-filter';
import { createHoldViews } from './holds/hold-views';
import { holdsOn } from './holds/active-holds';
import { createHolds } from './holds/holds';
import { remindOfReviews } from './holds/hold-review';
import { createItems } from './orders/items';
import { createNightly } from './due/nightly';
import { createOverdue } from './due/overdue';
import { createOrderItems } from './orders/order-items';
import { createOrders, MAX_CUSTOMERS, type Proposal } from './orders/orders';
import { createRemoval, type DestroyedListener } from './destruction/removal';
import { repeatDestruction } from './destruction/repeat';
import { createReview } from './orders/review';
import { createRuleChanges } from './rules/rule-changes';
import { createRuleEffects } from './rules/rule-effect';
import { createSweeping } from './due/sweeping';
import { ruleList } from './rules/rule-list';
import { createRules } from './rules/rules';
import { createRunning } from './destruction/running';
import { createTasks } from './orders/tasks';
import { CUSTOMER, DEPENDENTS, DESTRUCTION_KIND, HOLDABLE } from './uids';
import { createSparing } from './destruction/sparing';
import { createVerification } from './destruction/verification';
import { createViews } from './views';

export type { DestructionOrderView } from './views';
export type { ExecutionStep } from './destruction/execution';

/** How long customers are kept, and their end: due dates, legal holds, destruction orders and certificates. */
export function retentionService({ strapi }: { strapi: Core.Strapi }) {
  const listeners: DestroyedListener[] = [];
  const attributeListeners: AttributesDestroyedListener[] = [];
  const rules = createRules(strapi);
  const holdings = createHeld(strapi);
  const reader = createFactsReader(strapi, holdings);
  const subjects = createAttributeSubjects(strapi);
  const dueDates = createDueDates(strapi, { rules, holdings, reader });
  const sweeping = createSweeping(strapi, dueDates);
  const effects = createRuleEffects({ reader, dueDates, subjects });
  const ruleChanges = createRuleChanges(strapi, {
    rules,
    effects,
    subjects,
    sweepSoon: sweeping.soon,
  });
  const explainer = createExplainer(strapi, { rules, reader, dueDates, subjects });
  const forecasts = createForecast(strapi);
  const items = createItems(strapi);
  const dormancy = createDormancy(strapi);
  const dueList = createDueList(strapi, items);
  const attributeDues = createAttributeDues({ rules, reader, dueDates, subjects });
  const overdue = createOverdue(strapi, { dueDates, dueList, attributeDues });
  const candidates = createCandidates(strapi, { items, dueDates, attributeDues });
  const orders = createOrders(strapi, { items, dueDates, candidates });
  const orderItems = createOrderItems(strapi, { items });
  const review = createReview(strapi, { orders, items, candidates });
  const confirmation = createConfirmation(strapi, { orders });
  const removal = createRemoval(strapi, listeners);
  const consentProofs = createConsentProofs(strapi);
  const certificates = createCertificates(strapi, { orders, items, proofs: consentProofs });
  const completion = createCompletion(strapi, { orders, certificates });
  const attributeRemoval = createAttributeRemoval(strapi, {
    removal,
    listeners: attributeListeners,
  });
  const findings = createFindings(strapi);
  const verification = createVerification(strapi, {
    items,
    removal,
    attributeRemoval,
    findings,
  });
  const destruction = createDestruction(strapi, {
    orders,
    items,
    removal,
    attributeRemoval,
    verification,
    findings,
    sparing: createSparing(strapi, { items, removal }),
    proofs: consentProofs,
    completion,
  });
  const coverage = createCoverage(strapi);
  const filterHolds = createFilterHolds(strapi, coverage);
  const holds = createHolds(strapi, coverage, filterHolds);
  const holdViews = createHoldViews(strapi, coverage);
  const execution = createExecution({ orders, destruction });
  const tasks = createTasks(strapi, { orders, review, completion });
  const running = createRunning(strapi, { orders, items, execution, confirmation });
  const views = createViews(strapi, { orders, items, tasks, certificates, confirmation });
  const nightly = createNightly(strapi, {
    dormancy,
    dueDates,
    dueList,
    attributeDues,
    items,
    orders,
  });

  // What a hold covered is in the log; the rows of those who are gone go with them.
  listeners.push((customers) => coverage.forget(customers));

  return {
    rules,
    ruleChanges,

    /**
     * Writes the policy's rules down. Where they changed since the last start, the log of the application says first what
     * that does to the due dates, which are reckoned anew at once.
     */
    async syncRules(now: Date): Promise<void> {
      await rules.sync(async (before, after) => {
        if (before.length === 0) return;
        const { customers, earlier, later, overdue } = await effects(before, after, now);
        strapi.log.warn(
          `The retention rules of the policy changed: of ${customers} customers, ${earlier} fall due earlier and ${later} later; ${overdue.after} are due now instead of ${overdue.before}.`
        );
        sweeping.soon();
      });
    },

    /** Resolves when no reckoning is under way any more. */
    settled: () => sweeping.settled(),

    /** The rules in force, with those that others leave without effect. */
    ruleList: () => ruleList(strapi, rules, subjects),

    holdings,
    dueDates,
    dormancy,
    /** The types whose records a hold can cover. */
    holdable: HOLDABLE,
    /** The active holds that cover one record. */
    holdsOn: (uid: string, documentId: string) => holdsOn(strapi, uid, documentId),
    holds,
    filterHolds,
    holdViews,
    orders,
    orderItems,
    review,
    tasks,
    overdue,
    running,
    views,

    /** Has `listener` told which customers and contacts are destroyed, in the transaction that removes their rows. */
    onDestroyed(listener: DestroyedListener): void {
      listeners.push(listener);
    },

    /** Has `listener` told which attributes of which records are destroyed, in the transaction that empties them. */
    onAttributesDestroyed(listener: AttributesDestroyedListener): void {
      attributeListeners.push(listener);
    },

    /** Of these customers, those that something of their own hangs on, or that a hold covers. */
    async withDependents(documentIds: readonly string[]): Promise<Set<string>> {
      const found = new Set((await heldRecords(strapi, CUSTOMER, documentIds)).keys());
      for (const uid of DEPENDENTS) {
        const rows: Array<{ customer: { documentId: string } }> = await strapi.db
          .query(uid)
          .findMany({
            select: ['id'],
            where: { customer: { documentId: { $in: [...documentIds] } } },
            populate: { customer: { select: ['documentId'] } },
          });
        for (const { customer } of rows) found.add(customer.documentId);
      }
      return found;
    },

    /**
     * Removes customers that nothing hangs on, with all that other rows say of them, in the running transaction. The keys
     * are the caller's to remove once it has committed.
     */
    removeCustomers: (documentIds: readonly string[]): Promise<void> =>
      removal.removeRows(new Map([[CUSTOMER, [...documentIds]]])),

    /** Whether one of the customers is in a destruction order that is not over. */
    inOpenOrder: (documentIds: readonly string[]) => items.isOpenFor(documentIds),

    /** Reckons the due dates of these customers anew, as after a withdrawn consent. */
    recompute: (customerDocumentIds: string[], now: Date = new Date()) =>
      dueDates.recompute({ documentIds: customerDocumentIds }, now),

    /** Reckons all due dates anew, in batches. */
    sweep: (now: Date) => dueDates.sweep(now),

    /** Why a customer falls due when it does, for whoever may read the customer. */
    explain: (documentId: string, now: Date) => explainer.of(documentId, now),

    /** What becomes due, by month and by day. */
    forecast: (now: Date, span: { months: number; days: number }) =>
      forecasts.of(dueDates.dayAt(now), span),

    countDue: (now: Date): Promise<number> => dueList.count(dueDates.dayAt(now)),

    /** A page of the customers whose time is over. */
    due: (now: Date, cursor: DueCursor | null, limit: number, stage?: CustomerStage) =>
      dueList.page(dueDates.dayAt(now), cursor, limit, stage),

    /** Proposes destruction as `proposer`. @returns the documentId of the order, which is to be reviewed. */
    propose: (proposal: Proposal, proposer: StaffRef, now: Date = new Date()) =>
      orders.propose(proposal, proposer, now),

    /** Proposes, in one order, as many as it takes of those whose time was over on a day. @throws ValidationError */
    async proposeUntil(
      dueUntil: Day,
      reason: string,
      proposer: StaffRef,
      now: Date = new Date()
    ): Promise<string> {
      if (dueUntil > dueDates.dayAt(now)) throw invalid('dueUntil', 'must not be after today');
      // Whoever asks for them by name of a day asks for those, too, whose destruction was rejected.
      const customers = await dueList.proposable(dueUntil, now, MAX_CUSTOMERS);
      if (customers.length === 0) {
        throw invalid('dueUntil', 'nobody who is due by then is free to be proposed');
      }
      return orders.propose({ customers, reason }, proposer, now);
    },

    /** Proposes whoever is due and not yet proposed. @returns the documentIds of the orders. */
    proposeDue: (now: Date) => nightly.propose(now),

    /** Proposes the attributes that are due of customers who stay. @returns the documentIds of the orders. */
    proposeDueAttributes: (now: Date) => nightly.proposeAttributes(now),

    /**
     * The first confirmation, by who carries an order out.
     * @throws ForbiddenError when they proposed it or decided on it.
     */
    confirm: (orderDocumentId: string, executor: StaffRef, now: Date = new Date()) =>
      confirmation.confirm(orderDocumentId, executor, now),

    /**
     * The second confirmation, by who watches over it. From here on the order is being carried out; whoever calls this
     * starts it, or else it is taken up within two minutes.
     * @throws ForbiddenError when they are the executor, proposed it or decided on it.
     */
    async supervise(
      orderDocumentId: string,
      supervisor: StaffRef,
      now: Date = new Date()
    ): Promise<void> {
      await confirmation.supervise(orderDocumentId, supervisor, running.lease(), now);
      await tasks.assign(orderDocumentId, now);
    },

    /**
     * Goes on with an order that two people have confirmed, and waits for the end.
     * @param onStep told of each step; what it throws stops the execution there.
     */
    run: (orderDocumentId: string, now: Date = new Date(), onStep?: StepListener) =>
      running.run(orderDocumentId, now, onStep),

    /** Destroys again what a restored backup brought back. @returns how many records that were. */
    async repeatDestruction(now: Date = new Date()): Promise<number> {
      const records = await repeatDestruction(strapi, { removal, proofs: consentProofs }, now);
      return records + (await repeatAttributes(strapi, attributeRemoval));
    },

    consentProofs,

    certificate: (documentId: string) => certificates.require(documentId),
    certificateFile: (documentId: string) => certificates.file(documentId),

    /** Tells of holds whose review date has come. @returns of how many. */
    remindOfHolds: (now: Date) => remindOfReviews(strapi, dueDates.dayAt(now), now),

    /** What is done every night: holds by filter, before anything is proposed; due dates, then proposals; proofs that end. */
    async nightly(now: Date): Promise<void> {
      await filterHolds.extendAll();
      await this.remindOfHolds(now);
      await nightly.run(now);
      await consentProofs.end(now);
    },

    /** Tells the approvals what becomes of an order. */
    registerKind(): void {
      ruleChanges.registerKind();
      approvalsOf(strapi).registerKind({
        kind: DESTRUCTION_KIND,
        onApproved: (documentId) => orders.approve(documentId),
        onRejected: (documentId) => orders.reject(documentId),
        onReturned: (documentId) => orders.sendBack(documentId),
        // Proposed anew later, like one that was rejected.
        onExpired: (documentId) => orders.reject(documentId),
        views: (documentIds) => views.ofOrders(documentIds),
      });
    },
  };
}

export type RetentionService = ReturnType<typeof retentionService>;

export const retentionOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('retention') as RetentionService;
