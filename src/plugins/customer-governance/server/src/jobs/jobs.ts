import type { Core } from '@strapi/strapi';
import { attribute } from '../model-attributes';
import { tablesOf } from '../database';
import { actorOf } from '../organisation/actor';

const RUNS = 'governance_job_runs';
const KEEP_RUNS_MS = 7 * 24 * 60 * 60 * 1000;

export interface Job {
  /** Also the name of the system actor that the log shows. */
  name: string;
  /** Five cron fields, in the server's time zone. */
  cron: string;
  run(now: Date): Promise<void>;
}

export function registerJobModels(strapi: Core.Strapi): void {
  strapi.get('models').add({
    uid: 'plugin::customer-governance.job-run',
    singularName: 'governance-job-run',
    tableName: RUNS,
    attributes: { id: attribute.id(), name: attribute.text(), slot: attribute.text() },
    indexes: [{ name: 'gov_job_runs_slot', columns: ['name', 'slot'], type: 'unique' }],
  });
}

/**
 * Scheduled work. Cron fires on every instance of the application; the instance that first writes down the minute
 * runs the job, and the unique index lets no other one do the same.
 */
export function jobsService({ strapi }: { strapi: Core.Strapi }) {
  const registered = new Map<string, Job>();

  const claim = async (name: string, now: Date): Promise<boolean> => {
    const slot = now.toISOString().slice(0, 16);
    const taken = await (
      await tablesOf(strapi)
    )(RUNS)
      .insert({ name, slot })
      .onConflict(['name', 'slot'])
      .ignore()
      .returning('id');
    const old = new Date(now.getTime() - KEEP_RUNS_MS).toISOString().slice(0, 16);
    await (await tablesOf(strapi))(RUNS).where({ name }).andWhere('slot', '<', old).delete();
    return taken.length > 0;
  };

  const runOnce = async (job: Job, now: Date): Promise<boolean> => {
    if (!(await claim(job.name, now))) return false;
    await actorOf(strapi).asSystem(job.name, () => job.run(now));
    return true;
  };

  return {
    register(job: Job): void {
      registered.set(job.name, job);
      strapi.cron.add({
        [`governance-${job.name}`]: {
          task: async () => {
            try {
              await runOnce(job, new Date());
            } catch (error) {
              // The name of the error, not its text: a message may quote what it could not handle.
              strapi.log.error(
                `The job ${job.name} failed: ${(error as Error).name}. It runs again at its next time.`
              );
            }
          },
          options: { rule: job.cron },
        },
      });
    },

    /** Runs a job as of `now` unless that minute is taken. @returns whether it ran here. */
    async run(name: string, now: Date): Promise<boolean> {
      const job = registered.get(name);
      if (!job) throw new Error(`There is no job "${name}".`);
      return runOnce(job, now);
    },
  };
}

export type JobsService = ReturnType<typeof jobsService>;

export const jobsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('jobs') as JobsService;
