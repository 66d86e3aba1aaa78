const { createConfigForRole } = require('@backstage/cli/config/eslint-factory');

// Not a package of Backstage, but code for Node like a backend.
module.exports = createConfigForRole(__dirname, 'node-library', {});
