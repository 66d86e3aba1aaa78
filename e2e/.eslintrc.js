const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

// Not a package of Backstage, but code for Node like a backend.
module.exports = createConfigForRole(__dirname, 'node-library', {
  overrides: [
    {
      // Scripts of the repository, which share code with those in its root.
      files: ['sonataflow/**/*.mjs', 'promises/**/*.mjs'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
  ],
});
