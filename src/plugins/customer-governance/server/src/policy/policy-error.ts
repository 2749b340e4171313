/** The policy cannot be used. The message lists everything that is wrong with it, one `path: reason` a line. */
export class PolicyError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      [
        'The governance policy (config/plugins.ts, customer-governance.config.policy) cannot be used:',
        ...problems.map((problem) => `  - ${problem}`),
      ].join('\n')
    );
    this.name = 'PolicyError';
    this.problems = problems;
  }
}
