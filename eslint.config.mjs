import tseslint from 'typescript-eslint';

const plugin = 'src/plugins/customer-governance';
const server = `${plugin}/server/src`;
const tests = ['**/*.test.{ts,tsx}', 'tests/**'];

/** What goes wrong at run time, whatever the language. */
const sound = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-cond-assign': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-debugger': 'error',
  'no-dupe-else-if': 'error',
  'no-duplicate-case': 'error',
  'no-empty': 'error',
  'no-fallthrough': 'error',
  'no-irregular-whitespace': 'error',
  'no-misleading-character-class': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'valid-typeof': 'error',
  '@typescript-eslint/no-dynamic-delete': 'off', // attributes are taken out of records by name all over
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
};

const oneDoorOut =
  'Plaintext leaves through access.reveal alone: only access/, retention/ and vault/ call unseal.';
const oneWayIn = 'What was proposed is opened to be written into its record: by changes/ alone.';

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.cache/**',
      '.data/**',
      '.strapi/**',
      'build/**',
      'coverage/**',
      'playwright-report/**',
      'public/**',
      'test-results/**',
      'types/generated/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strict,
  { rules: sound },

  // A promise that nobody waits for is a change outside its transaction, or an audit entry that is never written.
  {
    files: [`${server}/**/*.ts`, 'config/**/*.ts', 'src/*.ts', 'src/api/**/*.ts'],
    ignores: tests,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
    },
  },
  { files: [`${plugin}/admin/**/*.{ts,tsx}`], rules: { 'no-console': 'error' } },

  {
    files: ['src/**/*.{ts,tsx}', 'config/**/*.ts', 'database/**/*.ts'],
    ignores: [
      ...tests,
      ...['access', 'retention', 'vault'].map((folder) => `${server}/${folder}/**`),
      // A file that is to be imported goes to nobody: it is read to become customers.
      `${server}/imports/file.ts`,
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^unseal(Change|File)?$/]',
          message: oneDoorOut,
        },
        {
          selector: 'MemberExpression[property.value=/^unseal(Change|File)?$/]',
          message: oneDoorOut,
        },
        {
          selector: 'ObjectPattern > Property[key.name=/^unseal(Change|File)?$/]',
          message: oneDoorOut,
        },
      ],
    },
  },

  {
    files: [`${server}/**/*.ts`],
    ignores: [...tests, ...['changes', 'vault'].map((folder) => `${server}/${folder}/**`)],
    rules: {
      'no-restricted-properties': ['error', { property: 'openProposed', message: oneWayIn }],
    },
  },

  // A test may say "this is there" and may reach for what types would hide.
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name=/^(only|skip|fixme)$/]',
          message: 'Every test runs: none is left out, none runs alone.',
        },
      ],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } }
);
