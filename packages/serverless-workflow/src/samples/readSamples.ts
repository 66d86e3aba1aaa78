import fs from 'node:fs';
import path from 'node:path';
import { lookupIn, readDefinitions } from '../cli/readDefinitions';
import { DefinitionFile } from '../check';

/** The folder of sample workflows in this repository. */
export const samplesFolder = path.resolve(__dirname, '../../../../workflows');

export const samples: DefinitionFile[] = readDefinitions(samplesFolder);

export const lookupSample = lookupIn(samplesFolder);

/** Schemas, OpenAPI documents and the like, by the URI that the samples use. */
export const sampleResources: Record<string, string> = Object.fromEntries(
  ['schemas', 'specs'].flatMap(folder =>
    fs
      .readdirSync(path.join(samplesFolder, folder))
      .map(name => [
        `${folder}/${name}`,
        fs.readFileSync(path.join(samplesFolder, folder, name), 'utf8'),
      ]),
  ),
);

/** The settings beside the samples. */
export const sampleProperties: Record<string, string> = Object.fromEntries(
  fs
    .readFileSync(path.join(samplesFolder, 'application.properties'), 'utf8')
    .split('\n')
    .filter(line => /^[^#=]+=/.test(line))
    .map(line => line.split(/=(.*)/s, 2)),
);
