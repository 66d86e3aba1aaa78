/* Generated from openapi.yaml; change that file and run "yarn generate". */

import type { OpenApiDocument } from '../OpenApiDocument';

/** The API as OpenAPI 3.1. @public */
export const openApiDocument: OpenApiDocument = {
  "openapi": "3.1.0",
  "info": {
    "title": "Orchestrator",
    "version": "0.1.0",
    "description": "Workflows and their instances. Lists, counts and statistics are answered from the plugin's own instance store; details are read from the engine.",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    }
  },
  "servers": [
    {
      "url": "/"
    }
  ],
  "tags": [
    {
      "name": "workflows"
    },
    {
      "name": "instances"
    },
    {
      "name": "events"
    },
    {
      "name": "administration"
    }
  ],
  "paths": {
    "/workflows": {
      "get": {
        "operationId": "listWorkflows",
        "tags": [
          "workflows"
        ],
        "summary": "Workflows that the caller may read, each with its statistics over the instances that the caller may read.",
        "parameters": [
          {
            "name": "search",
            "in": "query",
            "allowReserved": true,
            "description": "Part of the id, name or description",
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          },
          {
            "name": "label",
            "in": "query",
            "allowReserved": true,
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          },
          {
            "name": "availability",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/AvailabilityState"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "All matching workflows, ordered by name.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WorkflowList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/workflows/{workflowId}": {
      "get": {
        "operationId": "getWorkflow",
        "tags": [
          "workflows"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/workflowId"
          }
        ],
        "responses": {
          "200": {
            "description": "The workflow.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Workflow"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/workflows/{workflowId}/definition": {
      "get": {
        "operationId": "getWorkflowDefinition",
        "tags": [
          "workflows"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/workflowId"
          },
          {
            "$ref": "#/components/parameters/version"
          },
          {
            "name": "revision",
            "in": "query",
            "description": "The revision that an instance runs, as told by the instance.",
            "schema": {
              "type": "string",
              "maxLength": 128
            }
          }
        ],
        "responses": {
          "200": {
            "description": "Source text and format of the definition.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WorkflowDefinition"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/workflows/{workflowId}/input-schema": {
      "get": {
        "operationId": "getWorkflowInputSchema",
        "tags": [
          "workflows"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/workflowId"
          },
          {
            "$ref": "#/components/parameters/version"
          },
          {
            "name": "prefillFrom",
            "in": "query",
            "description": "An earlier instance whose input is returned with the schema.",
            "schema": {
              "type": "string",
              "maxLength": 128
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The JSON Schema of the input, without external references; absent when the workflow takes any object.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WorkflowInputSchema"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/workflows/{workflowId}/instances": {
      "post": {
        "operationId": "runWorkflow",
        "tags": [
          "instances"
        ],
        "summary": "Runs the workflow.",
        "description": "Answers 201 when the engine has answered within the configured time, 202 when the start goes on in the background. The same Idempotency-Key and body give the same instance again.",
        "parameters": [
          {
            "$ref": "#/components/parameters/workflowId"
          },
          {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 200
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RunRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The instance that an earlier request with the same Idempotency-Key and body started.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "201": {
            "description": "The instance, as the engine answered.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "202": {
            "description": "The instance, not yet confirmed by the engine.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances": {
      "get": {
        "operationId": "listInstances",
        "tags": [
          "instances"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/filterWorkflowId"
          },
          {
            "$ref": "#/components/parameters/filterState"
          },
          {
            "$ref": "#/components/parameters/filterInitiator"
          },
          {
            "$ref": "#/components/parameters/filterEntityRef"
          },
          {
            "$ref": "#/components/parameters/filterParentId"
          },
          {
            "$ref": "#/components/parameters/createdAfter"
          },
          {
            "$ref": "#/components/parameters/createdBefore"
          },
          {
            "$ref": "#/components/parameters/filterSearch"
          },
          {
            "name": "sort",
            "in": "query",
            "description": "Sort key, with a leading minus for descending order.",
            "schema": {
              "type": "string",
              "default": "-createdAt",
              "enum": [
                "createdAt",
                "-createdAt",
                "endedAt",
                "-endedAt",
                "duration",
                "-duration",
                "workflowId",
                "-workflowId",
                "state",
                "-state"
              ]
            }
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 25
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "nextCursor or previousCursor of an earlier page with the same filters and sort key.",
            "schema": {
              "type": "string",
              "maxLength": 1000
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InstanceList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/counts": {
      "get": {
        "operationId": "countInstances",
        "tags": [
          "instances"
        ],
        "summary": "Number of matching instances by state; each count stops at 10,000.",
        "parameters": [
          {
            "$ref": "#/components/parameters/filterWorkflowId"
          },
          {
            "$ref": "#/components/parameters/filterState"
          },
          {
            "$ref": "#/components/parameters/filterInitiator"
          },
          {
            "$ref": "#/components/parameters/filterEntityRef"
          },
          {
            "$ref": "#/components/parameters/filterParentId"
          },
          {
            "$ref": "#/components/parameters/createdAfter"
          },
          {
            "$ref": "#/components/parameters/createdBefore"
          },
          {
            "$ref": "#/components/parameters/filterSearch"
          }
        ],
        "responses": {
          "200": {
            "description": "The counts.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InstanceCounts"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/bulk/abort": {
      "post": {
        "operationId": "abortInstances",
        "tags": [
          "instances"
        ],
        "summary": "Stops several instances, each under the caller's permission for it; at most 500 per request.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/BulkRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of each; none with preview.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BulkResult"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/bulk/retry": {
      "post": {
        "operationId": "retryInstances",
        "tags": [
          "instances"
        ],
        "summary": "Continues several failed instances, each under the caller's permission for it; at most 500 per request.",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/BulkRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What became of each; none with preview.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/BulkResult"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}": {
      "get": {
        "operationId": "getInstance",
        "tags": [
          "instances"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "responses": {
          "200": {
            "description": "The instance with what it waits for, its error and what the caller may do with it.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InstanceDetail"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/nodes": {
      "get": {
        "operationId": "listInstanceNodes",
        "tags": [
          "instances"
        ],
        "summary": "The nodes that the instance entered, in order. Input and output only for who may read the instance's data.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          },
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 1000,
              "default": 500
            }
          },
          {
            "name": "offset",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 0,
              "maximum": 1000000,
              "default": 0
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page of nodes, ordered by enter time.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/NodeList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/data": {
      "get": {
        "operationId": "getInstanceData",
        "tags": [
          "instances"
        ],
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "responses": {
          "200": {
            "description": "Workflow data and, where the engine keeps it, the input.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InstanceData"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      },
      "patch": {
        "operationId": "updateInstanceData",
        "tags": [
          "instances"
        ],
        "summary": "Merges an object into the workflow data of an unfinished instance, objects deeply; everything else replaces what was there. 422 when the engine can't.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/DataUpdateRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The instance after the engine's answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/abort": {
      "post": {
        "operationId": "abortInstance",
        "tags": [
          "instances"
        ],
        "summary": "Stops an unfinished instance. Repeating it changes nothing.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The engine confirmed the abort.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "202": {
            "description": "The abort is requested; it is carried out as soon as the engine has confirmed the instance, or answers again.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/retry": {
      "post": {
        "operationId": "retryInstance",
        "tags": [
          "instances"
        ],
        "summary": "Continues a failed instance from its failed node.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The instance after the engine's answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/skip": {
      "post": {
        "operationId": "skipInstanceNode",
        "tags": [
          "instances"
        ],
        "summary": "Continues a failed instance after its failed node. 422 when the engine can't.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The instance after the engine's answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/nodes/{nodeId}/retrigger": {
      "post": {
        "operationId": "retriggerInstanceNode",
        "tags": [
          "instances"
        ],
        "summary": "Enters a node of an unfinished instance again. 422 when the engine can't.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          },
          {
            "$ref": "#/components/parameters/nodeId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ActionRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The instance after the engine's answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/timers/{timerId}/reschedule": {
      "post": {
        "operationId": "rescheduleInstanceTimer",
        "tags": [
          "instances"
        ],
        "summary": "Moves a timer that the instance waits for. 422 when the engine can't.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          },
          {
            "name": "timerId",
            "in": "path",
            "required": true,
            "description": "As told by the instance's waits.",
            "schema": {
              "type": "string",
              "pattern": "^[A-Za-z0-9_.:-]{1,200}$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RescheduleRequest"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The instance after the engine's answer.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Instance"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/instances/{instanceId}/events": {
      "post": {
        "operationId": "sendInstanceEvent",
        "tags": [
          "instances"
        ],
        "summary": "Sends an event that the waiting instance waits for. The server sets source, id, time and the reference to the instance.",
        "parameters": [
          {
            "$ref": "#/components/parameters/instanceId"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/InstanceEventRequest"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "The engine accepted the event.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/InstanceEventAccepted"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/events": {
      "post": {
        "operationId": "sendEvents",
        "tags": [
          "events"
        ],
        "summary": "Takes CloudEvents for the workflows that consume them.",
        "description": "An event is stored before the answer, and delivered in the background to each workflow that consumes its type, in the order of its source and subject, at least once. One with the source and id of an earlier event of the same sender is not taken again. All events of a batch are taken, or none. Besides the two JSON formats, binary mode is understood: attributes in ce- headers, the data as a JSON body.",
        "requestBody": {
          "required": true,
          "content": {
            "application/cloudevents+json": {
              "schema": {
                "$ref": "#/components/schemas/CloudEvent"
              }
            },
            "application/cloudevents-batch+json": {
              "schema": {
                "type": "array",
                "minItems": 1,
                "maxItems": 1000,
                "items": {
                  "$ref": "#/components/schemas/CloudEvent"
                }
              }
            },
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/JsonValue"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "The events are stored.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EventsAccepted"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/events/undelivered": {
      "get": {
        "operationId": "listUndeliveredEvents",
        "tags": [
          "events"
        ],
        "summary": "Events that wait for their delivery and those that were given up, the newest first.",
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 25
            }
          },
          {
            "name": "cursor",
            "in": "query",
            "description": "nextCursor of an earlier page.",
            "schema": {
              "type": "string",
              "maxLength": 200
            }
          },
          {
            "name": "state",
            "in": "query",
            "schema": {
              "$ref": "#/components/schemas/UndeliveredState"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "One page.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/UndeliveredEventList"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/events/{eventId}/redeliver": {
      "post": {
        "operationId": "redeliverEvent",
        "tags": [
          "events"
        ],
        "summary": "Delivers an event again that was given up.",
        "parameters": [
          {
            "name": "eventId",
            "in": "path",
            "required": true,
            "description": "The id of an undelivered event, or of a taken one for all its deliveries.",
            "schema": {
              "type": "string",
              "pattern": "^[A-Za-z0-9_-]{1,128}$"
            }
          }
        ],
        "responses": {
          "202": {
            "description": "It waits for its delivery again.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EventRedelivery"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/webhooks/{source}": {
      "post": {
        "operationId": "receiveWebhook",
        "tags": [
          "events"
        ],
        "summary": "Takes an event from a configured sender outside the portal.",
        "description": "Needs no Backstage credentials, but a body signed with the secret of the source. What the body and its headers must be is set by the operator for each source.",
        "parameters": [
          {
            "name": "source",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string",
              "pattern": "^[A-Za-z0-9_-]{1,64}$"
            }
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "*/*": {
              "schema": {
                "$ref": "#/components/schemas/JsonValue"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "The event is stored.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/EventsAccepted"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/deployment": {
      "get": {
        "operationId": "getDeployment",
        "tags": [
          "administration"
        ],
        "summary": "Dev mode: the workflow folder, what was loaded from it and what could not be.",
        "responses": {
          "200": {
            "description": "The present deployment. Answers 404 when the engine has none.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Deployment"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/mode": {
      "get": {
        "operationId": "getMode",
        "tags": [
          "administration"
        ],
        "summary": "What every signed-in user may know of the engine.",
        "responses": {
          "200": {
            "description": "Engine and mode.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Mode"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    },
    "/status": {
      "get": {
        "operationId": "getStatus",
        "tags": [
          "administration"
        ],
        "responses": {
          "200": {
            "description": "Engine health and freshness of the instance store.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Status"
                }
              }
            }
          },
          "default": {
            "$ref": "#/components/responses/Error"
          }
        }
      }
    }
  },
  "components": {
    "parameters": {
      "workflowId": {
        "name": "workflowId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "pattern": "^[A-Za-z0-9_][\\w .-]{0,127}$"
        }
      },
      "instanceId": {
        "name": "instanceId",
        "in": "path",
        "required": true,
        "schema": {
          "type": "string",
          "pattern": "^[A-Za-z0-9_-]{1,128}$"
        }
      },
      "nodeId": {
        "name": "nodeId",
        "in": "path",
        "required": true,
        "description": "The id of a node that was entered and not left.",
        "schema": {
          "type": "string",
          "pattern": "^[A-Za-z0-9_.:-]{1,200}$"
        }
      },
      "version": {
        "name": "version",
        "in": "query",
        "schema": {
          "type": "string",
          "maxLength": 128
        }
      },
      "filterWorkflowId": {
        "name": "workflowId",
        "in": "query",
        "description": "One or more workflow ids, separated by commas.",
        "style": "form",
        "explode": false,
        "schema": {
          "type": "array",
          "maxItems": 50,
          "items": {
            "type": "string",
            "pattern": "^[A-Za-z0-9_][\\w .-]{0,127}$"
          }
        }
      },
      "filterState": {
        "name": "state",
        "in": "query",
        "style": "form",
        "explode": false,
        "schema": {
          "type": "array",
          "maxItems": 6,
          "items": {
            "$ref": "#/components/schemas/InstanceState"
          }
        }
      },
      "filterInitiator": {
        "name": "initiator",
        "in": "query",
        "allowReserved": true,
        "description": "Entity ref of who ran the instance; `me` stands for the caller.",
        "schema": {
          "type": "string",
          "maxLength": 300
        }
      },
      "filterEntityRef": {
        "name": "entityRef",
        "in": "query",
        "allowReserved": true,
        "schema": {
          "type": "string",
          "maxLength": 300
        }
      },
      "filterParentId": {
        "name": "parentId",
        "in": "query",
        "schema": {
          "type": "string",
          "pattern": "^[A-Za-z0-9_-]{1,128}$"
        }
      },
      "createdAfter": {
        "name": "createdAfter",
        "in": "query",
        "allowReserved": true,
        "schema": {
          "type": "string",
          "format": "date-time"
        }
      },
      "createdBefore": {
        "name": "createdBefore",
        "in": "query",
        "allowReserved": true,
        "schema": {
          "type": "string",
          "format": "date-time"
        }
      },
      "filterSearch": {
        "name": "search",
        "in": "query",
        "allowReserved": true,
        "description": "Leading part of an id or reference, or part of the error text of an instance created after createdAfter (without it, in the last 30 days).",
        "schema": {
          "type": "string",
          "maxLength": 200
        }
      }
    },
    "responses": {
      "Error": {
        "description": "Backstage's error body.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/ErrorBody"
            }
          }
        }
      }
    },
    "schemas": {
      "JsonValue": {
        "description": "Any JSON value."
      },
      "JsonObject": {
        "type": "object",
        "additionalProperties": true
      },
      "InstanceState": {
        "type": "string",
        "enum": [
          "PENDING",
          "ACTIVE",
          "COMPLETED",
          "ABORTED",
          "SUSPENDED",
          "ERROR"
        ]
      },
      "AvailabilityState": {
        "type": "string",
        "enum": [
          "available",
          "unavailable",
          "unknown"
        ]
      },
      "Availability": {
        "type": "object",
        "required": [
          "state"
        ],
        "properties": {
          "state": {
            "$ref": "#/components/schemas/AvailabilityState"
          },
          "reason": {
            "type": "string"
          },
          "checkedAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "Allowed": {
        "type": "object",
        "description": "Whether the caller may do it now; if not, why, and whether the permission (then it is never offered) or the state is the cause.",
        "required": [
          "allowed"
        ],
        "properties": {
          "allowed": {
            "type": "boolean"
          },
          "reason": {
            "type": "string"
          },
          "cause": {
            "type": "string",
            "enum": [
              "permission",
              "state",
              "engine"
            ]
          }
        }
      },
      "InstanceTick": {
        "type": "object",
        "required": [
          "id",
          "state",
          "createdAt"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/InstanceState"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "durationMs": {
            "type": "number"
          }
        }
      },
      "WorkflowStatistics": {
        "type": "object",
        "description": "Over the instances that the caller may read, those of the last 30 days.",
        "required": [
          "counts",
          "total",
          "recent",
          "perDay"
        ],
        "properties": {
          "counts": {
            "$ref": "#/components/schemas/StateCounts"
          },
          "total": {
            "type": "integer"
          },
          "successRatio": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "COMPLETED of all that ended; absent when none ended."
          },
          "durationP50Ms": {
            "type": "number",
            "description": "Of the newest 1,000 completed instances."
          },
          "durationP95Ms": {
            "type": "number",
            "description": "Of the newest 1,000 completed instances."
          },
          "recent": {
            "type": "array",
            "description": "The ten newest instances, newest first.",
            "items": {
              "$ref": "#/components/schemas/InstanceTick"
            }
          },
          "lastInitiator": {
            "type": "string"
          },
          "lastCreatedAt": {
            "type": "string",
            "format": "date-time"
          },
          "perDay": {
            "type": "array",
            "description": "Filled on the single workflow only; UTC days that have instances, oldest first.",
            "items": {
              "type": "object",
              "required": [
                "day",
                "counts"
              ],
              "properties": {
                "day": {
                  "type": "string",
                  "format": "date"
                },
                "counts": {
                  "$ref": "#/components/schemas/StateCounts"
                }
              }
            }
          }
        }
      },
      "Workflow": {
        "type": "object",
        "required": [
          "id",
          "name",
          "engine",
          "version",
          "revision",
          "labels",
          "versions",
          "availability",
          "hasInputSchema",
          "startsByEvent",
          "statistics",
          "allowed"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "description": {
            "type": "string"
          },
          "engine": {
            "type": "string"
          },
          "version": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "labels": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "versions": {
            "type": "array",
            "description": "Newest first.",
            "items": {
              "$ref": "#/components/schemas/WorkflowVersion"
            }
          },
          "availability": {
            "$ref": "#/components/schemas/Availability"
          },
          "hasInputSchema": {
            "type": "boolean"
          },
          "startsByEvent": {
            "type": "boolean",
            "description": "True when an instance starts only by an event."
          },
          "serviceUrl": {
            "type": "string"
          },
          "statistics": {
            "$ref": "#/components/schemas/WorkflowStatistics"
          },
          "allowed": {
            "type": "object",
            "required": [
              "run"
            ],
            "properties": {
              "run": {
                "$ref": "#/components/schemas/Allowed"
              }
            }
          }
        }
      },
      "WorkflowVersion": {
        "type": "object",
        "required": [
          "version",
          "revision",
          "availability"
        ],
        "properties": {
          "version": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "loadedAt": {
            "type": "string",
            "format": "date-time"
          },
          "availability": {
            "$ref": "#/components/schemas/Availability"
          }
        }
      },
      "WorkflowList": {
        "type": "object",
        "required": [
          "items",
          "asOf",
          "stale"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Workflow"
            }
          },
          "asOf": {
            "type": "string",
            "format": "date-time"
          },
          "stale": {
            "type": "boolean"
          }
        }
      },
      "WorkflowDefinition": {
        "type": "object",
        "required": [
          "workflowId",
          "version",
          "revision",
          "format",
          "source"
        ],
        "properties": {
          "workflowId": {
            "type": "string"
          },
          "version": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "format": {
            "type": "string",
            "enum": [
              "json",
              "yaml"
            ]
          },
          "source": {
            "type": "string"
          }
        }
      },
      "WorkflowInputSchema": {
        "type": "object",
        "properties": {
          "schema": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "prefill": {
            "$ref": "#/components/schemas/JsonObject"
          }
        }
      },
      "RunRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "input": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "version": {
            "type": "string",
            "maxLength": 128
          },
          "reference": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "description": "The caller's own key for the instance."
          },
          "entityRef": {
            "type": "string",
            "maxLength": 300,
            "description": "The catalog entity that the instance is about."
          }
        }
      },
      "ActionRequest": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "reason": {
            "type": "string",
            "maxLength": 1000
          }
        }
      },
      "DataUpdateRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "data"
        ],
        "properties": {
          "data": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "reason": {
            "type": "string",
            "maxLength": 1000
          }
        }
      },
      "RescheduleRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "at"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "BulkRequest": {
        "type": "object",
        "additionalProperties": false,
        "description": "Either ids or a filter.",
        "properties": {
          "ids": {
            "type": "array",
            "minItems": 1,
            "maxItems": 500,
            "items": {
              "type": "string",
              "pattern": "^[A-Za-z0-9_-]{1,128}$"
            }
          },
          "filter": {
            "$ref": "#/components/schemas/BulkFilter"
          },
          "reason": {
            "type": "string",
            "maxLength": 1000
          },
          "preview": {
            "type": "boolean",
            "description": "Nothing is done; only total is answered."
          }
        }
      },
      "BulkFilter": {
        "type": "object",
        "additionalProperties": false,
        "description": "As the filters of the list; all parts must hold.",
        "properties": {
          "workflowId": {
            "type": "array",
            "maxItems": 50,
            "items": {
              "type": "string",
              "pattern": "^[A-Za-z0-9_][\\w .-]{0,127}$"
            }
          },
          "state": {
            "type": "array",
            "maxItems": 6,
            "items": {
              "$ref": "#/components/schemas/InstanceState"
            }
          },
          "initiator": {
            "type": "string",
            "maxLength": 300
          },
          "entityRef": {
            "type": "string",
            "maxLength": 300
          },
          "createdAfter": {
            "type": "string",
            "format": "date-time"
          },
          "createdBefore": {
            "type": "string",
            "format": "date-time"
          },
          "search": {
            "type": "string",
            "maxLength": 200
          }
        }
      },
      "BulkOutcome": {
        "type": "string",
        "description": "done: the engine confirmed it. requested: it is carried out as soon as the engine confirms the instance. refused: by permission, state or engine. failed: the engine could not be asked.",
        "enum": [
          "done",
          "requested",
          "refused",
          "failed"
        ]
      },
      "BulkResult": {
        "type": "object",
        "required": [
          "results",
          "total",
          "more"
        ],
        "properties": {
          "results": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "outcome"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "outcome": {
                  "$ref": "#/components/schemas/BulkOutcome"
                },
                "message": {
                  "type": "string"
                }
              }
            }
          },
          "total": {
            "type": "integer",
            "description": "Of the instances that are meant and that the caller may act on now."
          },
          "more": {
            "type": "boolean",
            "description": "True when the filter meant more than one request does."
          }
        }
      },
      "CloudEvent": {
        "type": "object",
        "description": "A CloudEvent 1.0 with JSON data. Extensions whose name begins with kogito are refused.",
        "required": [
          "specversion",
          "id",
          "source",
          "type"
        ],
        "properties": {
          "specversion": {
            "type": "string",
            "const": "1.0"
          },
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 300
          },
          "source": {
            "type": "string",
            "minLength": 1,
            "maxLength": 300
          },
          "type": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "subject": {
            "type": "string",
            "minLength": 1,
            "maxLength": 300
          },
          "time": {
            "type": "string",
            "format": "date-time"
          },
          "datacontenttype": {
            "type": "string",
            "maxLength": 100
          },
          "data": {
            "$ref": "#/components/schemas/JsonValue"
          }
        },
        "additionalProperties": true
      },
      "EventsAccepted": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "eventId",
                "source",
                "duplicate"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "eventId": {
                  "type": "string",
                  "description": "The attribute id of the event."
                },
                "source": {
                  "type": "string"
                },
                "duplicate": {
                  "type": "boolean",
                  "description": "True when the sender had sent it before; nothing is done again."
                }
              }
            }
          }
        }
      },
      "UndeliveredState": {
        "type": "string",
        "enum": [
          "waiting",
          "undeliverable"
        ]
      },
      "UndeliveredEvent": {
        "type": "object",
        "description": "One event that one target has not accepted.",
        "required": [
          "id",
          "eventId",
          "source",
          "type",
          "target",
          "state",
          "attempts",
          "mayHaveArrived",
          "receivedAt"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "eventId": {
            "type": "string",
            "description": "The attribute id of the event."
          },
          "source": {
            "type": "string"
          },
          "type": {
            "type": "string"
          },
          "subject": {
            "type": "string"
          },
          "target": {
            "type": "string",
            "description": "The workflow that it is delivered to."
          },
          "state": {
            "$ref": "#/components/schemas/UndeliveredState"
          },
          "attempts": {
            "type": "integer"
          },
          "mayHaveArrived": {
            "type": "boolean",
            "description": "True when it is not known of an attempt whether the target took the event, so that another one could have it taken twice."
          },
          "lastError": {
            "type": "string"
          },
          "receivedAt": {
            "type": "string",
            "format": "date-time"
          },
          "nextAttemptAt": {
            "type": "string",
            "format": "date-time"
          },
          "sender": {
            "type": "string",
            "description": "Entity ref or name of who sent it, or webhook:<source>."
          }
        }
      },
      "UndeliveredEventList": {
        "type": "object",
        "required": [
          "items"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/UndeliveredEvent"
            }
          },
          "nextCursor": {
            "type": "string"
          }
        }
      },
      "EventRedelivery": {
        "type": "object",
        "required": [
          "deliveries"
        ],
        "properties": {
          "deliveries": {
            "type": "integer",
            "description": "How many deliveries wait again."
          }
        }
      },
      "InstanceEventRequest": {
        "type": "object",
        "additionalProperties": false,
        "required": [
          "type"
        ],
        "properties": {
          "type": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200
          },
          "data": {
            "$ref": "#/components/schemas/JsonValue"
          }
        }
      },
      "InstanceEventAccepted": {
        "type": "object",
        "required": [
          "eventId"
        ],
        "properties": {
          "eventId": {
            "type": "string"
          }
        }
      },
      "Instance": {
        "type": "object",
        "required": [
          "id",
          "engine",
          "workflowId",
          "state",
          "createdAt"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "engine": {
            "type": "string"
          },
          "engineInstanceId": {
            "type": "string"
          },
          "workflowId": {
            "type": "string"
          },
          "workflowName": {
            "type": "string"
          },
          "workflowVersion": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "state": {
            "$ref": "#/components/schemas/InstanceState"
          },
          "reference": {
            "type": "string"
          },
          "createdAt": {
            "type": "string",
            "format": "date-time"
          },
          "startedAt": {
            "type": "string",
            "format": "date-time"
          },
          "endedAt": {
            "type": "string",
            "format": "date-time"
          },
          "initiator": {
            "type": "string"
          },
          "entityRef": {
            "type": "string"
          },
          "parentId": {
            "type": "string"
          },
          "rootId": {
            "type": "string"
          },
          "errorMessage": {
            "type": "string"
          },
          "errorNode": {
            "type": "string"
          },
          "waitingFor": {
            "type": "string",
            "description": "Short words, e.g. \"event approval.decided\" or \"timer until 2026-01-01T00:00:00Z\"."
          },
          "endReason": {
            "type": "string",
            "description": "Why it ended other than by finishing: aborted, timed-out, engine-lost, not-started, given-up."
          },
          "attention": {
            "type": "string",
            "description": "What a person should look at: unconfirmed, unknown-to-engine, version-not-deployed, not-at-service."
          },
          "abortRequestedAt": {
            "type": "string",
            "format": "date-time"
          },
          "abortedBy": {
            "type": "string"
          },
          "abortReason": {
            "type": "string"
          },
          "retriedBy": {
            "type": "string"
          },
          "detailsGone": {
            "type": "boolean"
          }
        }
      },
      "InstanceList": {
        "type": "object",
        "required": [
          "items",
          "asOf",
          "stale"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Instance"
            }
          },
          "nextCursor": {
            "type": "string"
          },
          "previousCursor": {
            "type": "string"
          },
          "asOf": {
            "type": "string",
            "format": "date-time",
            "description": "When the store last agreed with the engine."
          },
          "stale": {
            "type": "boolean",
            "description": "True when the store has not agreed with the engine for a while: it can not be read, or much has to be read first."
          }
        }
      },
      "StateCounts": {
        "type": "object",
        "properties": {
          "PENDING": {
            "type": "integer"
          },
          "ACTIVE": {
            "type": "integer"
          },
          "COMPLETED": {
            "type": "integer"
          },
          "ABORTED": {
            "type": "integer"
          },
          "SUSPENDED": {
            "type": "integer"
          },
          "ERROR": {
            "type": "integer"
          }
        }
      },
      "InstanceCounts": {
        "type": "object",
        "required": [
          "counts",
          "total",
          "capped"
        ],
        "properties": {
          "counts": {
            "$ref": "#/components/schemas/StateCounts"
          },
          "total": {
            "type": "integer"
          },
          "capped": {
            "type": "boolean",
            "description": "True when a count stopped at 10,000."
          }
        }
      },
      "InstanceWait": {
        "type": "object",
        "required": [
          "kind"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "event",
              "timer"
            ]
          },
          "nodeName": {
            "type": "string"
          },
          "timer": {
            "$ref": "#/components/schemas/TimerPurpose"
          },
          "timerId": {
            "type": "string",
            "description": "Names the timer when it can be rescheduled."
          },
          "eventName": {
            "type": "string"
          },
          "eventType": {
            "type": "string"
          },
          "dataSchema": {
            "$ref": "#/components/schemas/JsonObject"
          },
          "since": {
            "type": "string",
            "format": "date-time"
          },
          "until": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "InstanceError": {
        "type": "object",
        "required": [
          "message"
        ],
        "properties": {
          "message": {
            "type": "string"
          },
          "nodeName": {
            "type": "string"
          },
          "nodeDefinitionId": {
            "type": "string"
          },
          "statusCode": {
            "type": "integer"
          },
          "url": {
            "type": "string",
            "description": "The called address without its query."
          }
        }
      },
      "InstanceDetail": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Instance"
          },
          {
            "type": "object",
            "required": [
              "waits",
              "children",
              "allowed",
              "asOf"
            ],
            "properties": {
              "error": {
                "$ref": "#/components/schemas/InstanceError"
              },
              "waits": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/InstanceWait"
                }
              },
              "children": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/Instance"
                }
              },
              "asOf": {
                "type": "string",
                "format": "date-time"
              },
              "engineUnreachable": {
                "type": "boolean",
                "description": "True when only the stored summary could be answered."
              },
              "allowed": {
                "type": "object",
                "required": [
                  "abort",
                  "retry",
                  "skip",
                  "retriggerNode",
                  "rescheduleTimer",
                  "updateData",
                  "sendEvent",
                  "readData",
                  "runAgain"
                ],
                "properties": {
                  "abort": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "retry": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "skip": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "retriggerNode": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "rescheduleTimer": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "updateData": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "sendEvent": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "readData": {
                    "$ref": "#/components/schemas/Allowed"
                  },
                  "runAgain": {
                    "$ref": "#/components/schemas/Allowed"
                  }
                }
              }
            }
          }
        ]
      },
      "NodeStatus": {
        "type": "string",
        "enum": [
          "running",
          "waiting",
          "completed",
          "failed",
          "aborted",
          "skipped"
        ]
      },
      "TimerPurpose": {
        "type": "string",
        "enum": [
          "sleep",
          "pause",
          "timeout"
        ],
        "description": "What a timer is for. A sleep state; a pause before or after an action; how long events are waited for."
      },
      "Node": {
        "type": "object",
        "required": [
          "id",
          "name",
          "type",
          "status",
          "enter"
        ],
        "properties": {
          "id": {
            "type": "string"
          },
          "definitionId": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "type": {
            "type": "string"
          },
          "stateName": {
            "type": "string",
            "description": "The state of the definition that the node belongs to."
          },
          "parentNodeId": {
            "type": "string"
          },
          "status": {
            "$ref": "#/components/schemas/NodeStatus"
          },
          "enter": {
            "type": "string",
            "format": "date-time"
          },
          "exit": {
            "type": "string",
            "format": "date-time"
          },
          "errorMessage": {
            "type": "string"
          },
          "errorHandled": {
            "type": "boolean",
            "description": "True when the workflow itself went on from the failure by an error handler."
          },
          "timer": {
            "$ref": "#/components/schemas/TimerPurpose"
          },
          "iteration": {
            "type": "integer"
          },
          "branch": {
            "type": "string"
          },
          "childInstanceId": {
            "type": "string"
          },
          "input": {
            "$ref": "#/components/schemas/JsonValue"
          },
          "output": {
            "$ref": "#/components/schemas/JsonValue"
          }
        }
      },
      "NodeList": {
        "type": "object",
        "required": [
          "items",
          "total",
          "dataVisible"
        ],
        "properties": {
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Node"
            }
          },
          "total": {
            "type": "integer"
          },
          "dataVisible": {
            "type": "boolean"
          }
        }
      },
      "InstanceData": {
        "type": "object",
        "required": [
          "data"
        ],
        "properties": {
          "data": {
            "$ref": "#/components/schemas/JsonValue"
          },
          "input": {
            "$ref": "#/components/schemas/JsonValue"
          }
        }
      },
      "SourceProblem": {
        "type": "object",
        "required": [
          "severity",
          "message"
        ],
        "properties": {
          "severity": {
            "type": "string",
            "enum": [
              "error",
              "warning",
              "info"
            ]
          },
          "code": {
            "type": "string"
          },
          "message": {
            "type": "string"
          },
          "path": {
            "type": "string",
            "description": "Place in the definition, e.g. /states/0/transition."
          },
          "line": {
            "type": "integer",
            "description": "One-based."
          },
          "column": {
            "type": "integer",
            "description": "One-based."
          },
          "excerpt": {
            "type": "string"
          }
        }
      },
      "DeploymentFile": {
        "type": "object",
        "required": [
          "path",
          "status",
          "problems"
        ],
        "properties": {
          "path": {
            "type": "string",
            "description": "Relative to the workflow folder."
          },
          "status": {
            "type": "string",
            "enum": [
              "loaded",
              "failed",
              "outdated"
            ],
            "description": "outdated means that the file is broken and the last good revision still runs."
          },
          "workflowId": {
            "type": "string"
          },
          "version": {
            "type": "string"
          },
          "revision": {
            "type": "string"
          },
          "modifiedAt": {
            "type": "string",
            "format": "date-time"
          },
          "loadedAt": {
            "type": "string",
            "format": "date-time"
          },
          "runningInstances": {
            "type": "integer"
          },
          "problems": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SourceProblem"
            }
          }
        }
      },
      "DeploymentReload": {
        "type": "object",
        "required": [
          "at",
          "durationMs",
          "loaded",
          "removed",
          "failed"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "durationMs": {
            "type": "number"
          },
          "loaded": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "removed": {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          "failed": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        }
      },
      "Deployment": {
        "type": "object",
        "required": [
          "folder",
          "files",
          "reloads",
          "errorCount"
        ],
        "properties": {
          "folder": {
            "type": "string"
          },
          "files": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/DeploymentFile"
            }
          },
          "reloads": {
            "type": "array",
            "description": "Newest first, the last 50.",
            "items": {
              "$ref": "#/components/schemas/DeploymentReload"
            }
          },
          "errorCount": {
            "type": "integer"
          }
        }
      },
      "EngineCapabilities": {
        "type": "object",
        "description": "What the engine can do beyond running and aborting.",
        "required": [
          "retry",
          "skip",
          "retriggerNode",
          "updateData",
          "rescheduleTimer",
          "counts",
          "deployment"
        ],
        "properties": {
          "retry": {
            "type": "boolean"
          },
          "skip": {
            "type": "boolean"
          },
          "retriggerNode": {
            "type": "boolean"
          },
          "updateData": {
            "type": "boolean"
          },
          "rescheduleTimer": {
            "type": "boolean"
          },
          "counts": {
            "type": "boolean"
          },
          "deployment": {
            "type": "boolean"
          }
        }
      },
      "Mode": {
        "type": "object",
        "required": [
          "engine",
          "mode",
          "ephemeral",
          "capabilities"
        ],
        "properties": {
          "engine": {
            "type": "string"
          },
          "mode": {
            "type": "string",
            "enum": [
              "dev",
              "production"
            ]
          },
          "capabilities": {
            "$ref": "#/components/schemas/EngineCapabilities"
          },
          "ephemeral": {
            "type": "boolean",
            "description": "Instances are lost when the portal restarts."
          },
          "folder": {
            "type": "string"
          },
          "loadErrorCount": {
            "type": "integer"
          }
        }
      },
      "Status": {
        "type": "object",
        "required": [
          "engine",
          "mode",
          "health",
          "feed",
          "services",
          "events"
        ],
        "properties": {
          "engine": {
            "type": "string"
          },
          "mode": {
            "type": "string",
            "enum": [
              "dev",
              "production"
            ]
          },
          "health": {
            "type": "object",
            "required": [
              "reachable"
            ],
            "properties": {
              "reachable": {
                "type": "boolean"
              },
              "latencyMs": {
                "type": "number"
              },
              "version": {
                "type": "string"
              },
              "message": {
                "type": "string"
              }
            }
          },
          "feed": {
            "type": "object",
            "required": [
              "stale"
            ],
            "properties": {
              "asOf": {
                "type": "string",
                "format": "date-time"
              },
              "stale": {
                "type": "boolean"
              },
              "lastError": {
                "type": "string"
              },
              "unfinished": {
                "type": "integer"
              },
              "lagMs": {
                "type": "integer",
                "description": "Age of the last agreement with the engine."
              },
              "backfill": {
                "type": "string",
                "description": "Progress of the first read, in words."
              },
              "backfillRead": {
                "type": "integer",
                "description": "Instances that the first read has brought so far."
              },
              "backfillPercent": {
                "type": "number",
                "minimum": 0,
                "maximum": 100,
                "description": "Only when the engine can count its instances."
              },
              "lease": {
                "type": "object",
                "description": "The process that reads the engine.",
                "required": [
                  "holder",
                  "held"
                ],
                "properties": {
                  "holder": {
                    "type": "string"
                  },
                  "held": {
                    "type": "boolean",
                    "description": "False when it lapsed and nobody took it yet."
                  },
                  "since": {
                    "type": "string",
                    "format": "date-time"
                  }
                }
              }
            }
          },
          "services": {
            "type": "array",
            "description": "Where workflows run, each address once.",
            "items": {
              "$ref": "#/components/schemas/ServiceStatus"
            }
          },
          "events": {
            "$ref": "#/components/schemas/EventStatus"
          }
        }
      },
      "ServiceStatus": {
        "type": "object",
        "required": [
          "workflows",
          "availability",
          "seenAt"
        ],
        "properties": {
          "address": {
            "type": "string",
            "description": "Absent for workflows of the engine itself."
          },
          "workflows": {
            "type": "array",
            "items": {
              "type": "object",
              "required": [
                "id",
                "version"
              ],
              "properties": {
                "id": {
                  "type": "string"
                },
                "version": {
                  "type": "string"
                }
              }
            }
          },
          "availability": {
            "$ref": "#/components/schemas/Availability"
          },
          "seenAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "EventStatus": {
        "type": "object",
        "description": "Deliveries of the event inbox.",
        "required": [
          "waiting",
          "undeliverable",
          "deliveredLastHour"
        ],
        "properties": {
          "waiting": {
            "type": "integer"
          },
          "undeliverable": {
            "type": "integer"
          },
          "deliveredLastHour": {
            "type": "integer"
          },
          "oldestWaitingAt": {
            "type": "string",
            "format": "date-time"
          }
        }
      },
      "ErrorBody": {
        "type": "object",
        "required": [
          "error",
          "response"
        ],
        "properties": {
          "error": {
            "type": "object",
            "required": [
              "name",
              "message"
            ],
            "properties": {
              "name": {
                "type": "string"
              },
              "message": {
                "type": "string"
              },
              "details": {
                "type": "array",
                "description": "One entry for each thing that is wrong with the input.",
                "items": {
                  "type": "object",
                  "required": [
                    "message"
                  ],
                  "properties": {
                    "path": {
                      "type": "string",
                      "description": "JSON Pointer into the input, e.g. /team/name."
                    },
                    "message": {
                      "type": "string"
                    }
                  }
                }
              }
            }
          },
          "request": {
            "type": "object",
            "properties": {
              "method": {
                "type": "string"
              },
              "url": {
                "type": "string"
              }
            }
          },
          "response": {
            "type": "object",
            "required": [
              "statusCode"
            ],
            "properties": {
              "statusCode": {
                "type": "integer"
              }
            }
          }
        }
      }
    }
  }
};
