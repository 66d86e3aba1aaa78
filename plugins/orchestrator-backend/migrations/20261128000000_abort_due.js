// @ts-check

/**
 * When the engine is asked next to carry out an abort, so that one that can't be carried out does
 * not stand before the others.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('instance', table => {
    table
      .bigInteger('abort_due_at')
      .comment('When the engine is asked (again) for the pending abort.');
    table
      .integer('abort_attempts')
      .comment('How often it was asked again in vain.');
  });
  await knex.schema.raw('DROP INDEX instance_abort_pending');
  await knex('instance')
    .whereRaw('abort_pending')
    .update({ abort_due_at: knex.ref('abort_requested_at') });
  await knex.schema.raw(
    'CREATE INDEX instance_abort_due ON instance (engine, abort_due_at) WHERE abort_pending',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw('DROP INDEX instance_abort_due');
  await knex.schema.raw(
    'CREATE INDEX instance_abort_pending ON instance (engine, abort_requested_at) WHERE abort_pending',
  );
  await knex.schema.alterTable('instance', table => {
    table.dropColumn('abort_attempts');
    table.dropColumn('abort_due_at');
  });
};
