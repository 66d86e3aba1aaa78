// @ts-check

/**
 * Until when one caller alone asks the engine to let a failed instance go on, so that two who ask at
 * the same time let it go on once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('instance', table => {
    table
      .bigInteger('retry_claimed_until')
      .comment('While the engine is asked to let the instance go on.');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('instance', table => {
    table.dropColumn('retry_claimed_until');
  });
};
