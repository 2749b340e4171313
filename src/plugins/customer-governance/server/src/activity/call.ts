/** What of a request and its answer is looked at once it was answered. */
export interface Call {
  method: string;
  path: string;
  ip: string;
  status: number;
  body?: unknown;
  respond?: boolean;
  request: { body?: unknown; headers: Record<string, string | string[] | undefined> };
  params?: Record<string, string>;
  state: {
    user?: unknown;
    route?: { handler?: unknown; info?: { pluginName?: string } };
    governanceRefusal?: boolean;
  };
  /** The path of the route that answered, with its parameters by name. */
  _matchedRoute?: unknown;
  remove(header: string): void;
}

const NO_CODE = /[^\w.:@/-]/g;

/** The route as the log names it: by its own words, never by what the client put in their place. */
export const routeCode = ({ _matchedRoute: route }: Call): string =>
  typeof route === 'string' ? route.replace(NO_CODE, '_').slice(0, 200) || '/' : 'none';
