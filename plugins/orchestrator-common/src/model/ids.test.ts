import { openApiDocument } from '../api';
import {
  INSTANCE_ID_PATTERN,
  parseWorkflowsAnnotation,
  WORKFLOW_ID_PATTERN,
} from './ids';

describe('id patterns', () => {
  it('are those of the API', () => {
    const { workflowId, instanceId } = openApiDocument.components.parameters;
    expect(workflowId.schema.pattern).toBe(WORKFLOW_ID_PATTERN.source);
    expect(instanceId.schema.pattern).toBe(INSTANCE_ID_PATTERN.source);
  });

  it.each(['', '.hidden', '../x', '/etc/passwd', 'a\u0000b', 'a'.repeat(129)])(
    'refuse %j',
    id => {
      expect(WORKFLOW_ID_PATTERN.test(id)).toBe(false);
      expect(INSTANCE_ID_PATTERN.test(id)).toBe(false);
    },
  );
});

describe('parseWorkflowsAnnotation', () => {
  it('gives each id once and leaves out what is none', () => {
    expect(parseWorkflowsAnnotation('greet, onboard ,greet,,../x')).toEqual([
      'greet',
      'onboard',
    ]);
  });

  it('gives none without the annotation', () => {
    expect(parseWorkflowsAnnotation(undefined)).toEqual([]);
  });
});
