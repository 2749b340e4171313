import { progressLine } from './progress.mjs';

/** By what customers are known again. */
export const duplicateCommands = {
  'duplicates:adopt': {
    does: 'writes down by what the customers of before are known again, after duplicates.keys has got another key',
    async run({ service }) {
      const count = await service('duplicates').adoption.run(
        progressLine('Writing down customers and contacts')
      );
      console.log(`${count} customers and contacts were looked at.`);
    },
  },
};
