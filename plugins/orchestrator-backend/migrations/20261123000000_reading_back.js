// @ts-check

/**
 * How far the feed has looked back; and what it reads again, few rows among all those that ended.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('feed', table => {
    table.text('late_cursor').comment('Where looking back goes on.');
  });
  const unfinished = `state IN ('PENDING', 'ACTIVE', 'SUSPENDED', 'ERROR')`;
  await knex.schema.raw(
    `CREATE INDEX instance_unfinished ON instance (engine, id) WHERE ${unfinished}`,
  );
  await knex.schema.raw(
    `CREATE INDEX instance_unfinished_newest ON instance (engine, created_at) WHERE ${unfinished}`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw('DROP INDEX instance_unfinished_newest');
  await knex.schema.raw('DROP INDEX instance_unfinished');
  await knex.schema.alterTable('feed', table => {
    table.dropColumn('late_cursor');
  });
};
