import {
  contractFiles,
  describeWorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { realProcess, startEngine } from '../__testUtils__/startEngine';
import { WorkflowFolder } from '../__testUtils__/WorkflowFolder';

describeWorkflowEngine('embedded', {
  create: async service => {
    const folder = WorkflowFolder.create(contractFiles(service));
    const engine = await startEngine(folder.path, {
      egressAllow: [service.host],
      fork: realProcess,
    });
    return {
      engine,
      dispose: async () => {
        await engine.stop();
        folder.dispose();
      },
    };
  },
});
