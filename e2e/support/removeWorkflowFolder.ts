import { rmSync } from 'node:fs';
import { workflowFolder } from './workflowFolder';

export default function removeWorkflowFolder() {
  rmSync(workflowFolder(), { recursive: true, force: true });
}
