import {
  RJSFSchema,
  RJSFValidationError,
  toErrorList,
  toErrorSchema,
  ValidatorType,
} from '@rjsf/utils';
import { JsonObject } from '@backstage/types';
import { fits, Violation, violationsOf } from './violations';

type Explain = (violation: Violation) => string;

function toFormError(
  violation: Violation,
  explain: Explain,
): RJSFValidationError {
  const message = explain(violation);
  return {
    name: violation.keyword,
    property: ['', ...violation.path].join('.'),
    message,
    stack: message,
  };
}

/**
 * The form's validator. It interprets schemas instead of compiling them, so it needs no
 * `unsafe-eval`. A schema that it can't understand is left to the server, which validates in any
 * case.
 *
 * @param explain - what is wrong, in the viewer's language
 */
export function createFormValidator(explain: Explain): ValidatorType {
  const violations = (schema: RJSFSchema, formData: unknown) => {
    try {
      return violationsOf(schema as JsonObject, formData);
    } catch {
      return [];
    }
  };
  return {
    validateFormData: (formData, schema) => {
      const errors = violations(schema, formData).map(violation =>
        toFormError(violation, explain),
      );
      return { errors, errorSchema: toErrorSchema(errors) };
    },
    isValid: (schema, formData, rootSchema) => {
      try {
        return fits(
          schema as JsonObject,
          formData,
          (rootSchema ?? {}) as JsonObject,
        );
      } catch {
        return false;
      }
    },
    rawValidation: <Result>(schema: RJSFSchema, formData: unknown) => ({
      errors: violations(schema, formData) as Result[],
    }),
    toErrorList,
  };
}
