const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The moment that an option names. @throws Error */
function moment(option, text) {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || (text.length === 10 && !DAY.test(text))) {
    throw new Error(`--${option} takes a day such as 2026-01-31, or a moment in ISO 8601.`);
  }
  return date;
}

/** The audit log: see docs/audit-log.md. */
export const auditCommands = {
  'audit:prune': {
    options: { before: 'DATE' },
    does: 'removes entries that are older than the policy keeps them, in whole tiles',
    async run({ service, options: { before } }) {
      const log = service('transparency');
      const kept = log.keptSince();
      const until = before ? moment('before', before) : kept;
      if (until > kept) {
        throw new Error(
          `The policy keeps what was written since ${kept.toISOString().slice(0, 10)} (audit.keepMonths). Name an earlier day.`
        );
      }
      const removed = await log.prune(until, (count) => console.log(`${count} entries removed.`));
      console.log(
        removed === 0
          ? 'No whole tile of 256 entries is old enough: nothing was removed.'
          : `${removed} entries were removed in all. Their hashes stay, so that all others can be verified as before.`
      );
    },
  },
  'audit:rotate-key': {
    does: 'has a new key sign the log; the next checkpoint is signed by both',
    async run({ service }) {
      const log = service('transparency');
      const { before, after } = await log.changeKey();
      await log.sequence();
      console.log(`Until now: ${before.verifierKey}\nFrom now on: ${after.verifierKey}`);
      console.log(
        'Tell the new key to whoever verifies the log. The old one stays good for what it signed.'
      );
    },
  },
  'audit:resume': {
    does: 'declares a restore, so that a log that has halted is signed again under a new origin',
    async run({ service }) {
      const log = service('transparency');
      const { lostFrom, lostTo } = await log.resume();
      await log.sequence();
      console.log(
        `The log goes on after entry ${lostFrom}. ${lostTo - lostFrom} entries that had been signed are lost; the log itself says so.`
      );
      const { key } = await log.state();
      console.log(`Tell whoever verifies the log its new key: ${key.verifierKey}`);
    },
  },
  'audit:keys': {
    does: 'prints every key that has signed the log, for whoever verifies it',
    async run({ service }) {
      for (const { verifierKey } of await service('transparency').signer().keys()) {
        console.log(verifierKey);
      }
    },
  },
};
