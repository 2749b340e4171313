import type { Demo } from './context';
import { before, months } from './days';
import { emailOf } from './people';
import { randomOf } from './random';
import { asSeed, asUser, serviceOf, type VerificationOutcome } from './services';

/** Facts that every customer of the demo has; companies have more. */
const FACTS = ['name', 'mobile', 'companyName', 'creditCode'];
const VERIFIED = 24;
const GRAIN = 1_000_000;

/**
 * Last quarter's sample with its figure, this quarter's that is still to be called, and what waits of everybody: 李娜 has begun
 * with hers, and found a number that is not right any more.
 */
export async function createVerification({ strapi, now, progress }: Demo): Promise<void> {
  const { facts, recording, sampling, tasks } = serviceOf(strapi, 'verification');
  const lastQuarter = before(now, months(3));
  const random = randomOf('verification');
  const lots = () => random.whole(0, GRAIN - 1) / GRAIN;

  await asSeed(strapi, () => sampling.draw(lastQuarter, lots));
  await asUser(strapi, emailOf('chen.jing'), async () => {
    const person = await serviceOf(strapi, 'organisation').requireStaff();
    const drawn = await sampling.page({}, 'open', null, 100);
    for (const [index, row] of drawn.entries()) {
      const outcome: VerificationOutcome = index === 1 ? 'wrong' : 'confirmed';
      const results = facts.filled(row).map((attribute) => ({
        attribute,
        outcome: attribute === 'mobile' ? outcome : ('confirmed' as const),
      }));
      const called = { customer: row.documentId, method: 'call' as const, results };
      await recording.callBack(called, person, lastQuarter);
    }
  });

  await asSeed(strapi, async () => {
    await tasks.run(now);
    await sampling.draw(now, lots);
  });
  await asUser(strapi, emailOf('li.na'), async () => {
    const person = await serviceOf(strapi, 'organisation').requireStaff();
    const waiting = await tasks.page({}, person, null, VERIFIED);
    for (const [index, row] of waiting.entries()) {
      const filled = facts.filled(row).filter((name) => FACTS.includes(name));
      const results = filled.map((attribute) => ({
        attribute,
        outcome: (index === 2 && attribute === 'mobile'
          ? 'wrong'
          : index % 5 === 4 && attribute !== 'name'
            ? 'unreachable'
            : 'confirmed') as VerificationOutcome,
      }));
      const method = random.chance(80) ? ('call' as const) : ('document' as const);
      const at = before(now, 0, random.whole(1, 20));
      await recording.record({ customer: row.documentId, method, results }, person, at);
    }
  });
  progress('Verifications', VERIFIED, VERIFIED);
}
