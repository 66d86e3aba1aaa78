// @ts-check

/**
 * Each pass of the feed looks for aborts to carry out: few rows, which must be found without reading
 * all the others.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.raw(
    'CREATE INDEX instance_abort_pending ON instance (engine, abort_requested_at) WHERE abort_pending',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw('DROP INDEX instance_abort_pending');
};
