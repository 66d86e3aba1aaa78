// @ts-check

/**
 * Until when a run is known to wait in the memory of a process: what that process has not sent by then
 * it never will.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('instance', table => {
    table
      .bigInteger('waiting_until')
      .comment('While a run waits to be sent; by the clock of the database.');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('instance', table => {
    table.dropColumn('waiting_until');
  });
};
