// @ts-check

/**
 * Whether a target may have taken an event in an attempt that had no answer.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('event_delivery', table => {
    table
      .boolean('may_have_arrived')
      .notNullable()
      .defaultTo(false)
      .comment('An attempt was made of which nobody knows what became.');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('event_delivery', table => {
    table.dropColumn('may_have_arrived');
  });
};
