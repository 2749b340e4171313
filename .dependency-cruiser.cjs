const server = '^src/plugins/customer-governance/server/src';
const ground =
  'translations|policy|calendar|organisation|audit|vault|transparency|explorer|notifications|approvals|jobs|backup|activity';
const upper =
  'customers|partners|consents|collection|access|changes|anomalies|retention|attachments|verification|imports|web-forms|filing|register|internal-audit|data-map|overview';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'ground-floor-knows-nothing-of-customers',
      comment:
        'The ground floor serves every governed type; what it must know of the upper floor is registered with it.',
      severity: 'error',
      from: { path: `${server}/(${ground})/` },
      // reachable: not by way of a third file either
      to: { path: `${server}/(${upper})/`, reachable: true },
    },
    {
      name: 'no-circle',
      comment: 'Neither half of a circle can be understood, tested or loaded alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'product-does-not-import-tests-or-scripts',
      severity: 'error',
      from: { path: '^(src|config|database)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(tests|scripts)/|\\.test\\.tsx?$' },
    },
    {
      name: 'server-and-panel-meet-over-http',
      comment: 'They are built apart, for Node and for the browser.',
      severity: 'error',
      from: { path: '^src/plugins/customer-governance/(server|admin)/' },
      to: {
        path: '^src/plugins/customer-governance/(server|admin)/',
        pathNot: '^src/plugins/customer-governance/$1/',
      },
    },
    {
      name: 'plugin-names-what-it-imports',
      comment:
        'A package that the plugin does not name is bundled into it: a second copy, with a state of its own.',
      severity: 'error',
      from: { path: '^src/plugins/customer-governance/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'npm-optional'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    // Types count, too: a floor that knows another's types knows the other.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
