import { PROTECTED_FIELD_UID } from '../pluginId';
import { keepRefusedInput } from './keepRefusedInput';

const GOVERNED = 'api::lead.lead';
const PLAIN = 'api::article.article';

const state = {
  adminApi: {
    queries: {
      'getInitialData(undefined)': {
        endpointName: 'getInitialData',
        data: {
          contentTypes: [
            { uid: GOVERNED, attributes: { mobile: { customField: PROTECTED_FIELD_UID } } },
            { uid: PLAIN, attributes: { title: { type: 'string' } } },
          ],
        },
      },
    },
  },
};

const patchOf = (model: string) => ({
  type: 'adminApi/queries/queryResultPatched',
  payload: {
    queryCacheKey: `getDocument({"collectionType":"collection-types","documentId":"d1","model":"${model}","params":{}})`,
    patches: [],
  },
});

const passes = (action: object, known: object = state): boolean => {
  const next = jest.fn();
  const store = { getState: () => known, dispatch: jest.fn() };
  keepRefusedInput()(store as never)(next)(action as never);
  return next.mock.calls.length === 1;
};

describe('the cache of stored documents', () => {
  it('does not take over what is being saved to a governed record', () => {
    expect(passes(patchOf(GOVERNED))).toBe(false);
  });

  it('is left alone for every other type', () => {
    expect(passes(patchOf(PLAIN))).toBe(true);
  });

  it('is left alone while the types are not known yet', () => {
    expect(passes(patchOf(GOVERNED), {})).toBe(true);
  });

  it('still takes the answers of the server', () => {
    expect(passes({ type: 'adminApi/executeQuery/fulfilled', payload: {} })).toBe(true);
  });
});
