import type { Core } from '@strapi/strapi';
import { currentOperation } from '../operation';
import { policyOf } from '../policy';
import { protectPurposes, rowOf, syncPurposes } from './purposes';

jest.mock('../policy', () => ({ ...jest.requireActual('../policy'), policyOf: jest.fn() }));

const marketing = {
  code: 'marketing',
  name: { en: 'Marketing', zh: '市场营销' },
  description: { en: 'To tell of offers.', zh: '介绍优惠。' },
  legalBasis: 'consent' as const,
  attributes: ['customer.mobile'],
};

function application(rows: object[]) {
  const query = {
    findMany: jest.fn().mockResolvedValue(rows),
    create: jest
      .fn()
      .mockImplementation(async () => expect(currentOperation()).toBe('policy-sync')),
    update: jest.fn().mockResolvedValue({}),
    updateMany: jest.fn().mockResolvedValue({ count: 0 }),
    count: jest.fn().mockResolvedValue(0),
  };
  const subscribe = jest.fn();
  const strapi = { db: { query: () => query, lifecycles: { subscribe } } };
  jest.mocked(policyOf).mockReturnValue({ get: () => ({ purposes: [marketing] }) } as never);
  return { strapi: strapi as unknown as Core.Strapi, query, subscribe };
}

describe('the purposes of the policy', () => {
  it('are created where they are missing, in English', async () => {
    const { strapi, query } = application([]);
    await syncPurposes(strapi);
    expect(query.create).toHaveBeenCalledWith({
      data: expect.objectContaining({ code: 'marketing', name: 'Marketing', origin: 'policy' }),
    });
  });

  it('are changed only where they differ', async () => {
    const same = application([{ id: 1, ...rowOf(marketing) }]);
    await syncPurposes(same.strapi);
    expect(same.query.update).not.toHaveBeenCalled();
    const other = application([{ id: 1, ...rowOf(marketing), attributes: [] }]);
    await syncPurposes(other.strapi);
    expect(other.query.update).toHaveBeenCalledWith({ where: { id: 1 }, data: rowOf(marketing) });
  });

  it('become inactive when the document has them no longer', async () => {
    const { strapi, query } = application([]);
    await syncPurposes(strapi);
    expect(query.updateMany).toHaveBeenCalledWith({
      where: { origin: 'policy', active: true, code: { $notIn: ['marketing'] } },
      data: { active: false },
    });
  });

  it('may be created by another instance at the same moment', async () => {
    const { strapi, query } = application([]);
    query.create.mockRejectedValue(Object.assign(new Error('unique'), { code: '23505' }));
    await expect(syncPurposes(strapi)).resolves.toBeUndefined();
    query.create.mockRejectedValue(new Error('disk full'));
    await expect(syncPurposes(strapi)).rejects.toThrow('disk full');
  });

  it('are changed by nobody else, and the refusal says where to change them', async () => {
    const { strapi, query, subscribe } = application([]);
    protectPurposes(strapi);
    const [{ beforeDelete, beforeCreate }] = subscribe.mock.calls[0];
    query.count.mockResolvedValue(1);
    await expect(beforeDelete({ params: { where: { id: 1 } } })).rejects.toThrow(
      /config\/plugins\.ts/
    );
    query.count.mockResolvedValue(0);
    await expect(beforeDelete({ params: { where: { id: 2 } } })).resolves.toBeUndefined();
    expect(() => beforeCreate({ params: { data: { origin: 'policy' } } })).toThrow(
      /policy document/
    );
    expect(() => beforeCreate({ params: { data: { origin: 'panel' } } })).not.toThrow();
  });
});
