export { flushPromises, ManualClock } from './ManualClock';
export { deploy, startTestRuntime } from './startTestRuntime';
export type { TestRuntime, TestRuntimeOptions } from './startTestRuntime';
