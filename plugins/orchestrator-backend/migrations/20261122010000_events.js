// @ts-check

/**
 * The event inbox, what events a workflow consumes, and what the status page and the quota need.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('event_inbox', table => {
    table.comment(
      'CloudEvents that were taken, each stored before the answer.',
    );
    table.bigIncrements('seq').comment('The order in which they were taken.');
    table.text('id').notNullable().unique();
    table.text('engine').notNullable();
    table.text('sender').notNullable();
    table.text('event_id').notNullable();
    table.text('source').notNullable();
    table.text('type').notNullable();
    table.text('subject');
    table.text('body').notNullable().comment('The whole event as JSON.');
    table.bigInteger('received_at').notNullable();
    // Of one sender only: nobody can take the place of another's event.
    table.unique(['engine', 'sender', 'source', 'event_id'], {
      indexName: 'event_inbox_unique',
    });
  });

  await knex.schema.createTable('event_delivery', table => {
    table.comment('One row for each event and target.');
    table.text('id').primary();
    table.bigInteger('event_seq').notNullable().index('event_delivery_event');
    table.text('engine').notNullable();
    table.text('sender').notNullable();
    table
      .text('lane')
      .notNullable()
      .comment('Sender, source, subject and target: within it, order holds.');
    table.text('target').notNullable().comment('What takes the event.');
    table.text('target_name').notNullable();
    table.text('workflow_id').notNullable();
    table.text('state').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table
      .integer('refusals')
      .notNullable()
      .defaultTo(0)
      .comment('Attempts since it waits that the target answered with a no.');
    table.bigInteger('waiting_since').notNullable();
    table.bigInteger('next_attempt_at').notNullable();
    table.bigInteger('delivered_at');
    table.text('last_error');
    table.index(['engine', 'state', 'event_seq', 'id'], 'event_delivery_state');
  });
  await knex.schema.raw(
    `CREATE INDEX event_delivery_waiting ON event_delivery (lane, event_seq) WHERE state = 'waiting'`,
  );
  await knex.schema.raw(
    `CREATE INDEX event_delivery_sender ON event_delivery (sender) WHERE state = 'waiting'`,
  );
  await knex.schema.raw(
    `CREATE INDEX event_delivery_delivered ON event_delivery (delivered_at) WHERE state = 'delivered'`,
  );

  await knex.schema.alterTable('workflow', table => {
    table
      .text('consumed_event_types')
      .notNullable()
      .defaultTo('[]')
      .comment('A JSON array.');
  });
  await knex.schema.alterTable('lease', table => {
    table.bigInteger('acquired_at');
  });
  await knex.schema.alterTable('feed', table => {
    table.bigInteger('backfill_read');
  });
  // The quota counts what an initiator has running, of all that he ever ran.
  await knex.schema.raw(
    `CREATE INDEX instance_running ON instance (engine, initiator) WHERE state IN ('PENDING', 'ACTIVE', 'SUSPENDED')`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw('DROP INDEX instance_running');
  for (const [table, column] of [
    ['feed', 'backfill_read'],
    ['lease', 'acquired_at'],
    ['workflow', 'consumed_event_types'],
  ]) {
    await knex.schema.alterTable(table, builder => {
      builder.dropColumn(column);
    });
  }
  await knex.schema.dropTable('event_delivery');
  await knex.schema.dropTable('event_inbox');
};
