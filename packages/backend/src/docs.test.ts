import { ConfigReader } from '@backstage/config';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parseOrchestratorConfig } from '../../../plugins/orchestrator-backend/src/config';
import { parseEmbeddedConfig } from '../../../plugins/orchestrator-backend-module-embedded/src/config/parseEmbeddedConfig';
import { parseSonataFlowConfig } from '../../../plugins/orchestrator-backend-module-sonataflow/src/config/parseSonataFlowConfig';

const ROOT = resolve(__dirname, '../../..');
const ENGINES = ['embedded', 'sonataflow'];

/** Everything that people copy settings from. */
const PAGES = [
  'README.md',
  ...pagesOf('docs'),
  ...['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(ROOT, folder)).flatMap(name =>
      pagesOf(join(folder, name)),
    ),
  ),
];

function pagesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith('.md') && !name.includes('report'))
    .map(name => join(folder, name));
}

/** Each example in YAML, with its place. */
const EXAMPLES = PAGES.flatMap(page =>
  [
    ...readFileSync(join(ROOT, page), 'utf8').matchAll(
      /^```yaml\n(.*?)^```/gms,
    ),
  ].map(({ 1: text }, i) => ({
    place: `${page}, example ${i + 1}`,
    text,
  })),
);

const SETTINGS = EXAMPLES.flatMap(({ place, text }) => {
  const [document] = parseAllDocuments(text);
  const settings: unknown = document?.toJS();
  return isObject(settings) && 'orchestrator' in settings
    ? [{ place, settings }]
    : [];
});

type Settings = ConstructorParameters<typeof ConfigReader>[0] & object;

function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null;
}

describe('the examples of the documentation', () => {
  it.each(EXAMPLES)('are YAML: $place', ({ text }) => {
    expect(
      parseAllDocuments(text).flatMap(document => [
        ...document.errors,
        ...document.warnings,
      ]),
    ).toEqual([]);
  });

  it.each(SETTINGS)('are settings that exist: $place', ({ settings }) => {
    const config = new ConfigReader(withDataIndex(settings));
    expect(() => {
      parseOrchestratorConfig(config, ENGINES);
      parseEmbeddedConfig(config, ROOT);
      parseSonataFlowConfig(config, {});
    }).not.toThrow();
  });
});

/** An example shows what it is about, and may leave out what all need. */
function withDataIndex(settings: Settings): Settings {
  const { orchestrator } = settings;
  if (!isObject(orchestrator) || !isObject(orchestrator.sonataflow)) {
    return settings;
  }
  return {
    orchestrator: {
      ...orchestrator,
      sonataflow: {
        dataIndex: { url: 'http://data-index.example.com' },
        ...orchestrator.sonataflow,
      },
    },
  };
}
