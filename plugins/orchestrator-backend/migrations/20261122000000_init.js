// @ts-check

/**
 * All times are milliseconds since 1970 in UTC: exact, and compared alike on every database.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client.includes('pg');

  // Compared byte by byte, so that the indexes of ids serve the search for a prefix too.
  const idType = isPostgres ? 'text COLLATE "C"' : 'text';

  await knex.schema.createTable('instance', table => {
    table.comment('Summary of each workflow instance; no workflow data.');
    table.specificType('id', idType).primary();
    table.text('engine').notNullable();
    table
      .specificType('engine_instance_id', idType)
      .comment('Empty until the engine has told which instance this is.');
    table.text('workflow_id').notNullable();
    table.text('workflow_version');
    table.text('revision');
    table.text('state').notNullable();
    table.text('reference').comment("The user's own key.");
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at');
    table.bigInteger('duration_ms');
    table
      .bigInteger('observed_at')
      .notNullable()
      .comment('When the request was sent whose answer this row shows.');
    table.text('initiator');
    table.text('entity_ref');
    table
      .specificType('parent_id', idType)
      .comment("The engine's id of the parent.");
    table.specificType('root_id', idType);
    table.text('error_message');
    table.text('error_node');
    table.text('waiting_for');
    table.text('end_reason');
    table.text('attention');
    table.boolean('details_gone').notNullable().defaultTo(false);
    table.text('idempotency_key');
    table.text('request_hash');
    table
      .bigInteger('dispatched_at')
      .comment('Written before the engine is asked to run the instance.');
    table.bigInteger('abort_requested_at');
    table.text('aborted_by');
    table.text('abort_reason');
    table
      .boolean('abort_pending')
      .notNullable()
      .defaultTo(false)
      .comment('The abort is carried out when the instance is bound.');
    table.bigInteger('retried_at');
    table.text('retried_by');
    table.text('retry_reason');
    table
      .bigInteger('confirmed_until')
      .comment('Until then an index that contradicts the state is behind.');

    table.unique(['engine', 'engine_instance_id'], {
      indexName: 'instance_engine_instance_id_unique',
    });
    // Lists are of one engine, and newest first within what they are sorted by. Rows of the same
    // millisecond are few, so that no index has to tell them apart.
    table.index(['engine', 'created_at'], 'instance_created_at');
    table.index(['engine', 'ended_at'], 'instance_ended_at');
    table.index(['engine', 'duration_ms'], 'instance_duration');
    table.index(['engine', 'state', 'created_at'], 'instance_state');
    table.index(['engine', 'workflow_id', 'created_at'], 'instance_workflow');
    // Holds all that statistics are made of.
    table.index(
      [
        'engine',
        'workflow_id',
        'state',
        'created_at',
        'duration_ms',
        'end_reason',
      ],
      'instance_workflow_state',
    );
  });
  await knex.schema.raw(
    'CREATE UNIQUE INDEX instance_idempotency_key_unique ON instance (engine, initiator, idempotency_key) WHERE idempotency_key IS NOT NULL',
  );
  // What most rows lack, and so most writes need not keep.
  for (const column of ['initiator', 'entity_ref', 'parent_id']) {
    await knex.schema.raw(
      `CREATE INDEX instance_${column} ON instance (engine, ${column}, created_at) WHERE ${column} IS NOT NULL`,
    );
  }
  // Few rows have an error: searching their texts must not read all the others.
  await knex.schema.raw(
    'CREATE INDEX instance_error ON instance (created_at) WHERE error_message IS NOT NULL',
  );
  await knex.schema.raw(
    isPostgres
      ? 'CREATE INDEX instance_reference ON instance (lower(reference) text_pattern_ops)'
      : 'CREATE INDEX instance_reference ON instance (lower(reference))',
  );
  if (isPostgres) {
    // Descending with empty values last, which the plain indexes can't give.
    await knex.schema.raw(
      'CREATE INDEX instance_ended_at_down ON instance (engine, ended_at DESC NULLS LAST)',
    );
    await knex.schema.raw(
      'CREATE INDEX instance_duration_down ON instance (engine, duration_ms DESC NULLS LAST)',
    );
  }

  await knex.schema.createTable('workflow', table => {
    table.comment('Each version of each workflow that the engine told of.');
    table.text('engine').notNullable();
    table.text('id').notNullable();
    table.text('version').notNullable();
    table.text('revision').notNullable();
    table.text('name').notNullable();
    table.text('description');
    table.boolean('has_input_schema').notNullable();
    table.boolean('starts_by_event').notNullable();
    table.text('service_url');
    table.text('availability').notNullable();
    table.text('availability_reason');
    table.bigInteger('availability_checked_at');
    table.bigInteger('loaded_at');
    table.bigInteger('seen_at').notNullable();
    table.bigInteger('gone_at').comment('Since when the engine lacks it.');
    table.primary(['engine', 'id', 'version']);
  });

  await knex.schema.createTable('workflow_label', table => {
    table.text('engine').notNullable();
    table.text('workflow_id').notNullable();
    table.text('label').notNullable();
    table.primary(['engine', 'workflow_id', 'label']);
  });

  await knex.schema.createTable('entity_owner', table => {
    table.comment('Owners of the entities that instances are about.');
    table.text('entity_ref').notNullable();
    table.text('owner_ref').notNullable();
    table.primary(['entity_ref', 'owner_ref']);
  });

  await knex.schema.createTable('feed', table => {
    table.comment('How far the reader of an engine has come.');
    table.text('engine').primary();
    table.text('cursor');
    table.bigInteger('as_of');
    table.text('last_error');
    table.text('backfill');
  });

  await knex.schema.createTable('lease', table => {
    table.comment('Who alone may do something; by the clock of the database.');
    table.text('name').primary();
    table.text('holder').notNullable();
    table
      .bigInteger('fence')
      .notNullable()
      .comment('Grows with each holder; checked by every write of a holder.');
    table.bigInteger('expires_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'lease',
    'feed',
    'entity_owner',
    'workflow_label',
    'workflow',
    'instance',
  ]) {
    await knex.schema.dropTable(table);
  }
};
