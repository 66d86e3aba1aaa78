// @ts-check

/**
 * Finds what of the inbox is kept no longer without reading all of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('event_inbox', table => {
    table.index(['engine', 'received_at'], 'event_inbox_received');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('event_inbox', table => {
    table.dropIndex(['engine', 'received_at'], 'event_inbox_received');
  });
};
