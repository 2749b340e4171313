import { progressLine } from './progress.mjs';

function report(findings) {
  for (const { type, documentId, attribute, reason } of findings) {
    console.log(`${type} ${documentId} ${attribute}: ${reason}`);
  }
  if (findings.length === 0) {
    console.log('Every protected column holds the masks of sealed values and nothing else.');
    return;
  }
  console.log(
    `${findings.length} found. "plaintext": seal it with vault:adopt. "unsealed-mask": the value is not in the vault; enter it again. ` +
      '"missing-mask": the column was emptied behind the vault. "stray-identity": the record was removed behind the vault.'
  );
  process.exitCode = 1;
}

/** Keys and sealed values. */
export const vaultCommands = {
  'keys:rotate': {
    does: 'makes a new key-encryption key and re-wraps every data key under it',
    async run({ service }) {
      const { keyId, rewrapped } = await service('vault-upkeep').rotate(
        progressLine('Re-wrapping data keys')
      );
      console.log(
        `All data keys are under key-encryption key ${keyId}; ${rewrapped} were re-wrapped.`
      );
    },
  },
  'keys:end-epoch': {
    does: 'ends the key epoch: re-wraps every key and destroys the secret under which old copies of the key store open',
    async run({ service }) {
      const { epoch, rewrapped, destroyed } = await service('key-epochs').end(
        progressLine('Re-wrapping data keys')
      );
      console.log(`Key epoch ${epoch} runs now; ${rewrapped} data keys were re-wrapped.`);
      console.log(
        destroyed.length > 0
          ? `The secret of key epoch ${destroyed.join(', ')} was destroyed: copies of the key store from before open nothing.`
          : 'No secret was there to be destroyed.'
      );
    },
  },
  'vault:adopt': {
    takes: 'UID',
    does: 'seals the plaintext of a type that was just given the protected field',
    async run({ service, given: [uid] }) {
      const upkeep = service('vault-upkeep');
      const { sealed, refused } = await upkeep.adopt(uid, progressLine(`Sealing ${uid}`));
      console.log(`${sealed} records sealed.`);
      for (const { documentId, problems } of refused) {
        for (const { message } of problems) console.log(`${documentId} ${message}`);
      }
      if (refused.length > 0) {
        console.log('These values were left as they are. Correct them and run the command again.');
      }
      report((await upkeep.check()).filter(({ type }) => type === uid));
    },
  },
  'vault:check': {
    does: 'finds what stands in a protected column without being the mask of a sealed value',
    async run({ service }) {
      report(await service('vault-upkeep').check(progressLine('Checking')));
    },
  },
};
