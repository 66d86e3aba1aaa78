module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Tests of packages together, which look into each of them.
      files: ['src/convergence/**', 'src/docs.test.ts'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
  ],
});
