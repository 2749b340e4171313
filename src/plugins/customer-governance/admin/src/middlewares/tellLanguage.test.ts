import { LANGUAGE_COOKIE } from '../pluginId';
import { tellLanguage } from './tellLanguage';

/** A store whose language is changed by whatever is dispatched, and all that is written as a cookie. */
function createStore(locale?: string) {
  const written: string[] = [];
  let state: object = locale ? { admin_app: { language: { locale } } } : {};
  Object.defineProperty(globalThis, 'document', {
    configurable: true,
    value: {
      set cookie(text: string) {
        written.push(text);
      },
    },
  });
  const next = (action: unknown) => {
    if (typeof action === 'string') state = { admin_app: { language: { locale: action } } };
    return action;
  };
  const dispatch = tellLanguage()({ getState: () => state, dispatch: jest.fn() } as never)(next);
  return { written, dispatch };
}

describe('the language of the panel', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'document'));

  it('is told before the first request', () => {
    const { written } = createStore('zh-Hans');
    expect(written).toEqual([`${LANGUAGE_COOKIE}=zh-Hans; path=/; SameSite=Lax`]);
  });

  it('is told when it changes, and then alone', () => {
    const { written, dispatch } = createStore('en');
    expect(dispatch({ type: 'anything' })).toEqual({ type: 'anything' });
    dispatch('zh-Hans');
    dispatch('zh-Hans');
    expect(written.map((cookie) => cookie.split(';')[0])).toEqual([
      `${LANGUAGE_COOKIE}=en`,
      `${LANGUAGE_COOKIE}=zh-Hans`,
    ]);
  });

  it('is not told while it is not known', () => {
    expect(createStore().written).toEqual([]);
  });
});
