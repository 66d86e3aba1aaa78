// @ts-check

/**
 * What the feed reads again in each pass, without the many that failed long ago.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.raw(
    `CREATE INDEX instance_read_each_pass ON instance (engine, created_at)
     WHERE engine_instance_id IS NOT NULL
       AND (state IN ('PENDING', 'ACTIVE', 'SUSPENDED')
         OR (state = 'ERROR' AND error_message IS NULL))`,
  );
  await knex.schema.raw('DROP INDEX instance_unfinished_newest');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.raw(
    `CREATE INDEX instance_unfinished_newest ON instance (engine, created_at)
     WHERE state IN ('PENDING', 'ACTIVE', 'SUSPENDED', 'ERROR')`,
  );
  await knex.schema.raw('DROP INDEX instance_read_each_pass');
};
