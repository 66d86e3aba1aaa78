// @ts-check

/**
 * Events for instances of an older version, which has a service of its own. A delivery without a
 * version goes to the newest one, as those that wait already do.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('event_delivery', table => {
    table
      .text('workflow_version')
      .comment('The only version that it is for; null: the newest one.');
  });
  await knex.schema.alterTable('workflow', table => {
    table
      .text('starting_event_types')
      .comment('A JSON array; null: the engine does not tell.');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // Without its version it would start what it is to resume.
  await knex('event_delivery').whereNotNull('workflow_version').delete();
  await knex.schema.alterTable('workflow', table => {
    table.dropColumn('starting_event_types');
  });
  await knex.schema.alterTable('event_delivery', table => {
    table.dropColumn('workflow_version');
  });
};
