import { Json } from '../model';
import { HttpRequest } from '../runtime/HttpClient';
import { RuntimeEvent } from '../runtime/WorkflowRuntime';
import { ConformanceCase } from './ConformanceCase';

export interface TargetRequest {
  method: string;
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Json;
}

export interface TargetResponse {
  status: number;
  body: Json | undefined;
}

/** A definition of a case. */
export interface CaseDefinition {
  text: string;
  /** Path below the folder that holds the application. */
  uri: string;
  fileName: string;
}

/** An engine that a case is played against; speaks the HTTP of a SonataFlow application. */
export interface Target {
  /** Why a case can't be played here; undefined when it can. */
  obstacle?(
    conformanceCase: ConformanceCase,
    definitions: readonly CaseDefinition[],
  ): Promise<string | undefined>;
  /** Loads a definition; what it has against it. */
  deploy(definition: CaseDefinition): Promise<string[]>;
  request(request: TargetRequest): Promise<TargetResponse>;
  /** Lets time pass. */
  wait(durationMs: number): Promise<void>;
  /** Data of an instance that has ended; undefined as long as it has not, or when that can't be told. */
  finalData(instanceId: string): Json | undefined;
  readonly published: readonly RuntimeEvent[];
  readonly logs: readonly string[];
  readonly calls: readonly HttpRequest[];
  close(): void;
}

/** Where the definitions of a case are. */
export interface CasePlace {
  /** Folder of all definitions. */
  root: string;
  /** Folder that stands for the class path of the application. */
  folder: string;
  /** File of the definition. */
  file: string;
  definitions: readonly CaseDefinition[];
}

/** Makes the engine for one case. */
export type MakeTarget = (
  conformanceCase: ConformanceCase,
  place: CasePlace,
) => Target;
