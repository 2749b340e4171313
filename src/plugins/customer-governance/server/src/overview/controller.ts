import type { Core } from '@strapi/strapi';
import { filterFor, READ_ACTION, type Ability } from '../access/abilities';
import { grantsOf } from '../access/grants';
import { requestsOf } from '../access/requests';
import { alertsOf } from '../anomalies/alerts';
import { approvalsOf } from '../approvals/approvals';
import { backupOf } from '../backup/service';
import type { RequestContext } from '../domain';
import { explorerOf } from '../explorer/explorer';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { policyOf } from '../policy';
import { transparencyOf } from '../transparency/transparency';
import { keyEpochsOf } from '../vault/epochs-service';
import { retentionOf } from '../retention/retention';
import { verificationOf } from '../verification/verification';

const CUSTOMER = 'plugin::customer-governance.customer';
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
const LAST_ENTRIES = 8;

/** The first page of the panel: figures, each limited to what the asker may see; `null` where that is nothing. */
export const overviewController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async find(ctx: RequestContext) {
    const ability = ctx.state.userAbility as Ability;
    const may = (action: string) => ability.can(`plugin::customer-governance.${action}`, 'all');
    const now = new Date();
    const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    const filter = filterFor(ability, READ_ACTION, CUSTOMER);
    const since = new Date(now.getTime() - MONTH_MS).toISOString();
    const { preset, version, digest } = policyOf(strapi).get();
    ctx.body = {
      customers: filter ? await strapi.db.query(CUSTOMER).count({ where: filter }) : null,
      pendingForMe:
        staff && may('approvals.decide') ? await approvalsOf(strapi).waitingFor(staff) : null,
      myOpenRequests:
        staff && may('access.request') ? await requestsOf(strapi).countPending(staff) : null,
      activeGrants: may('access.revoke') ? await grantsOf(strapi).countRunning(now) : null,
      due: may('retention.read') ? await retentionOf(strapi).countDue(now) : null,
      destructionOverdue: may('retention.read')
        ? await retentionOf(strapi).overdue.count(now)
        : null,
      holds: may('retention.read')
        ? await strapi.db
            .query('plugin::customer-governance.legal-hold')
            .count({ where: { state: 'active' } })
        : null,
      consentsWithdrawn30d: may('consents.withdraw')
        ? await strapi.db
            .query('plugin::customer-governance.consent')
            .count({ where: { state: 'withdrawn', withdrawnAt: { $gte: since } } })
        : null,
      openAnomalies: may('anomalies.read') ? await alertsOf(strapi).countOpen() : null,
      toVerify:
        staff && may('verification.record')
          ? await verificationOf(strapi).tasks.countOf(staff)
          : null,
      accuracy: may('verification.sample') ? await accuracy(strapi) : null,
      keys: may('audit.verify') || may('audit.read') ? await keyState(strapi, now) : null,
      backup: may('backup.read') ? await backupSummary(strapi) : null,
      lastAudit: may('audit.read') ? await lastEntries(strapi) : null,
      policy: { preset, version, digest },
    };
  },
});

/** The newest accuracy figure in percent, with one decimal. */
async function accuracy(strapi: Core.Strapi): Promise<number | null> {
  const periods = await verificationOf(strapi).sampling.figures();
  const newest = periods.find((period) => period.accuracy !== null)?.accuracy;
  return newest ? Math.round(newest.share * 1000) / 10 : null;
}

/** How the key epochs stand, and what the restore guard did: at this start, and to what a restore brought back lately. */
async function keyState(strapi: Core.Strapi, now: Date) {
  const { checked, failure, recalled } = transparencyOf(strapi).recalled();
  const since = new Date(now.getTime() - MONTH_MS);
  return {
    ...(await keyEpochsOf(strapi).state(now)),
    guard: {
      checked,
      failure,
      recalled,
      destroyedAgain30d: await explorerOf(strapi).figures.recordsOf('destruction.repeat', since),
    },
  };
}

/** How backups stand, for whoever may read of them. */
async function backupSummary(strapi: Core.Strapi) {
  const { configured, overdue } = await backupOf(strapi).state();
  return { configured, overdue };
}

async function lastEntries(strapi: Core.Strapi) {
  const rows = await explorerOf(strapi).page({}, null, LAST_ENTRIES);
  const nameOf = await organisationOf(strapi).namesOfActors(rows);
  return rows.map((row) => ({
    at: row.at,
    action: row.action,
    outcome: row.outcome,
    actor: {
      kind: row.actorKind,
      id: row.actorId,
      name: nameOf(row),
    },
  }));
}
