import { Json } from '../model';

/** A case of a conformance file, as far as it is played. */
export interface ConformanceCase {
  name: string;
  workflow_id: string;
  /** File of the definition, relative to the folder of the cases. */
  local?: string;
  also_deploy?: string[];
  /** Application properties. */
  config?: Record<string, string>;
  mocks?: Mock[] | string;
  steps?: Step[];
  requires?: string;
  /** What needs Java; such a case is skipped. */
  needs_java?: string | boolean;
  runnable_without_java?: boolean;
  note?: string;
}

/** A service that the workflow calls. */
export interface Mock {
  method?: string;
  path?: string;
  query?: Record<string, string>;
  requestHeaders?: Record<string, string>;
  requestJson?: Json;
  requestBody?: string;
  /** Property that tells the workflow where the service is. */
  configKey?: string;
  response?: MockResponse;
}

export interface MockResponse {
  status?: number;
  headers?: Record<string, string>;
  json?: Json;
  body?: string;
  /** A body with `<request.body.field>` in it. */
  template?: string;
  fault?: string;
  delayMs?: number;
}

/** What a result has to look like. */
export interface Expectation {
  status?: number;
  json?: Record<string, Json>;
  absentOrNull?: string[];
  present?: string[];
  contains?: Record<string, string>;
  objectSize?: Record<string, number>;
  arraySize?: number;
  valid?: boolean;
  minErrors?: number;
  messageContainsAll?: string[];
}

/** One thing to be done or seen; which fields count depends on `op`. */
export interface Step {
  op: string;
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Json;
  bodyFile?: string;
  expect?: Expectation;
  save?: Record<string, string>;
  mode?: string;
  event?: Record<string, Json>;
  query?: Record<string, string> | string;
  variables?: Record<string, Json>;
  status?: number;
  size?: number;
  timeoutMs?: number;
  forMs?: number;
  id?: string;
  type?: string;
  data?: Json;
  dataPaths?: Record<string, Json>;
  dataNotEmpty?: boolean;
  extensions?: Record<string, Json>;
  message?: string;
  messages?: string[];
  check?: string;
}

/** What came of a case. */
export interface CaseResult {
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed, with what was expected and what was seen; or why it was skipped. */
  reason?: string;
}
