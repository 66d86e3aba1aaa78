import { existsSync, readdirSync, readFileSync } from 'fs';
import { buildSchema, GraphQLSchema } from 'graphql';
import { join, resolve } from 'path';

const FOLDER = resolve(
  __dirname,
  '../../../../../shared/conformance/data-index-schema',
);

/**
 * The GraphQL schemas of the Data Index, by version, from a folder beside the repository. Empty when
 * it is not there; the reason is printed, since tests against real schemas are then left out.
 */
export function publishedSchemas(): Array<[string, GraphQLSchema]> {
  if (!existsSync(FOLDER)) {
    process.stdout.write(
      `Left out: the published Data Index schemas are not at ${FOLDER}\n`,
    );
    return [];
  }
  return readdirSync(FOLDER).map(version => {
    const folder = join(FOLDER, version);
    const text = readdirSync(folder)
      .sort()
      .map(file => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    return [version, buildSchema(text)];
  });
}
