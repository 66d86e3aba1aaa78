module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The contract tests are for others to call.
      files: ['src/testing/**'],
      rules: { 'jest/no-export': 'off', 'jest/expect-expect': 'off' },
    },
  ],
});
