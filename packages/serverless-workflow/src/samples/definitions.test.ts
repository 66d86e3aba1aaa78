/** @jest-environment node */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { checkFolder } from '../check';
import { buildGraph } from '../graph/buildGraph';
import { JsonObject } from '../model';
import { lookupSample, sampleResources, samples } from './readSamples';

const files = checkFolder(samples, {
  target: 'embedded',
  lookup: lookupSample,
});

const inputs: Record<string, JsonObject[]> = {
  'check-dependency': [
    { dependency: 'billing' },
    { dependency: 'broken-billing', attempts: 2 },
  ],
  'cool-down': [{ service: 'billing', team: 'payments' }],
  greeting: [{ name: 'Ada' }, { name: 'Ada', language: 'Spanish' }],
  incident: [{ service: 'billing', summary: 'No bills', severity: 'critical' }],
  'notify-teams': [
    {
      message: 'Hello',
      teams: [{ name: 'payments' }, { name: 'search', channel: 'mail' }],
    },
  ],
  'onboard-service': [
    {
      service: {
        name: 'billing',
        tier: 'critical',
        description: 'Sends bills',
      },
      team: { name: 'payments', contact: 'payments@example.com' },
      needs: { databases: [{ engine: 'mysql', sizeGb: 20 }] },
    },
  ],
  'provision-environment': [
    { name: 'preview-7', size: 'large', region: 'us-east', engine: 'mysql' },
  ],
  'release-train': [
    { release: '2.14', managers: 'releases', services: ['billing', 'search'] },
  ],
  'welcome-engineer': [
    {
      engineer: { name: 'Ada', language: 'German' },
      team: 'payments',
      startDate: '2026-02-01',
    },
  ],
};

it('are these', () => {
  expect(files.map(({ workflow }) => workflow?.id)).toEqual(
    Object.keys(inputs),
  );
});

describe.each(files)(
  '$fileName',
  ({ fileName, workflow, isDeployable, problems }) => {
    it('has no problems', () => {
      expect(problems).toEqual([]);
      expect(isDeployable).toBe(true);
    });

    it('says what it is and takes its id from its file', () => {
      expect(fileName).toMatch(
        new RegExp(`^${workflow?.id}\\.sw\\.(json|yaml)$`),
      );
      expect(workflow).toMatchObject({
        version: '1.0',
        specVersion: '0.8',
        name: expect.stringMatching(/\w/),
        description: expect.stringMatching(/\w.*\.$/),
        annotations: expect.arrayContaining([expect.any(String)]),
      });
    });

    it('has a schema that takes its input and refuses an empty one', () => {
      const uri = String(workflow?.dataInputSchema?.schema);
      const schema = JSON.parse(sampleResources[uri]);
      const ajv = addFormats(new Ajv({ allErrors: true, strictSchema: false }));
      const validate = ajv.compile(schema);
      for (const input of inputs[workflow?.id ?? '']) {
        expect({ input, valid: validate(input) }).toEqual({
          input,
          valid: true,
        });
      }
      expect(validate({})).toBe(false);
    });

    it('is drawn with all its states', () => {
      const { nodes } = buildGraph(workflow!);
      expect(nodes.filter(({ kind }) => kind === 'missing')).toEqual([]);
      expect(nodes.filter(({ kind }) => kind === 'state')).toHaveLength(
        workflow!.states.length,
      );
    });
  },
);
