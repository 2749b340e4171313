import root from '../package.json';
import lock from '../package-lock.json';
import plugin from '../src/plugins/customer-governance/package.json';

interface Locked {
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}

const locked = lock.packages as Record<string, Locked>;
const nameOf = (at: string) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);

// The plugin has no installation of its own: what it names is resolved from the root.
const installed: Record<string, string> = { ...root.dependencies, ...root.devDependencies };

describe('the versions that the plugin names', () => {
  it.each(Object.entries({ ...plugin.dependencies, ...plugin.peerDependencies }))(
    '%s is the %s that the application installs',
    (name, version) => {
      expect(installed[name]).toBe(version);
    }
  );

  it('is the version of the application', () => {
    expect(plugin.version).toBe(root.version);
    expect(plugin.engines.node).toBe(root.engines.node);
  });
});

describe('the versions of the application', () => {
  it.each(Object.entries(installed))('%s is pinned exactly', (_name, version) => {
    expect(version).toMatch(/^\d/);
  });

  it('has one and the same version of every part of Strapi that is released together', () => {
    const released = Object.entries(installed).filter(
      ([name]) => name.startsWith('@strapi/') && !/design-system|icons|sdk-plugin/.test(name)
    );
    expect(new Set(released.map(([, version]) => version)).size).toBe(1);
  });

  it('decides for every package with an install script whether it may run', () => {
    const withScript = Object.keys(locked).filter((at) => locked[at].hasInstallScript);
    const undecided = withScript.map(nameOf).filter((name) => !(name in root.allowScripts));
    expect(undecided).toEqual([]);
  });

  // A registry mirror that lacks the packages of other platforms leaves them out of the lock file without a word, and then
  // `npm ci` refuses it everywhere.
  it('has a locked version of every package for another platform', () => {
    const names = new Set(Object.keys(locked).map(nameOf));
    const wanted = Object.values(locked).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {})
    );
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });
});
