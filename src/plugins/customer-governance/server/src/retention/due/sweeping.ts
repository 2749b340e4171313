import { AsyncResource } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { actorOf } from '../../organisation/actor';
import type { DueDates } from './due-dates';

/** Reckons all due dates anew in the background, one pass at a time, after a change of the rules. */
export function createSweeping(strapi: Core.Strapi, dueDates: DueDates) {
  let running: Promise<unknown> = Promise.resolve();

  const sweep = async () => {
    try {
      await actorOf(strapi).asSystem('retention', () => dueDates.sweep(new Date()));
    } catch (error) {
      // The name of the error, not its text: a message may quote what it could not handle.
      strapi.log.error(
        `Due dates could not be reckoned anew: ${(error as Error).name}. The nightly job does it.`
      );
    }
  };

  return {
    // Outside whatever asks for it: its transaction is over by the time that the pass runs.
    soon: AsyncResource.bind(() => {
      running = running.then(sweep);
    }),
    settled: () => running,
  };
}
