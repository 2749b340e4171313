import { bootApp } from '../support/app';

const LEAD = 'api::lead.lead';

/** Boots with a change to the application and returns what stopped the start. */
async function refusal(options: Parameters<typeof bootApp>[0]): Promise<string> {
  try {
    const app = await bootApp(options);
    await app.close();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a policy that does not fit the application', () => {
  it.each([
    ['an unknown key', { surprise: true }, /surprise/],
    ['an impossible value', { access: { maxTermDays: -1 } }, /access\.maxTermDays/],
    [
      'a purpose for an attribute that does not exist',
      {
        purposes: [
          {
            code: 'curiosity',
            name: 'Curiosity',
            description: 'None',
            legalBasis: 'consent',
            attributes: ['customer.shoeSize'],
          },
        ],
      },
      /shoeSize/,
    ],
    [
      'an attribute classified personal that is not protected',
      {
        classification: {
          [LEAD]: { topic: 'identity/personal', source: 'business-background/internal' },
        },
      },
      /topic/,
    ],
    [
      'a rule for a kind of request that there is not',
      {
        approvals: { rules: [{ code: 'none', when: { kind: 'nothing' }, steps: ['leadership'] }] },
      },
      /nothing/,
    ],
  ])('stops the start with its path and reason: %s', async (_what, policy, expected) => {
    expect(await refusal({ policy })).toMatch(expected);
  });

  it('stops the start for an attribute of a governed type that nothing classifies', async () => {
    const message = await refusal({
      policy: {
        classification: { [LEAD]: { topic: 'business-background/internal', source: undefined } },
      },
    });
    expect(message).toMatch(/lead.*source/);
  });
});

describe('a database that is not supported', () => {
  it.each(['mysql://root@127.0.0.1/shop', 'mariadb://root@127.0.0.1/shop'])(
    'is refused: %s',
    async (url) => {
      expect(await refusal({ env: { DATABASE_URL: url } })).toMatch(/only PostgreSQL/);
    }
  );
});
