import Form from '@rjsf/mui';
import { ErrorSchema, getDefaultFormState } from '@rjsf/utils';
import { JsonObject } from '@backstage/types';
import { ReactNode, useEffect, useMemo, useState } from 'react';
import { useExplainViolation } from '../useExplainViolation';
import { createFormValidator } from './schema/createFormValidator';
import { formSchema } from './schema/formSchema';
import { uiSchemaOf } from './schema/uiSchemaOf';
import { templates } from './templates';

export interface SchemaFormProps {
  /** Draft-07 or 2020-12. */
  schema: JsonObject;
  data: JsonObject;
  onChange: (data: JsonObject) => void;
  /** Called with valid input only. */
  onSubmit: (data: JsonObject) => void;
  /** What the server found wrong. */
  extraErrors?: ErrorSchema;
  isBusy: boolean;
  /** The buttons. */
  children: ReactNode;
}

/** A form for data that a JSON Schema describes. */
export function SchemaForm(props: SchemaFormProps) {
  const explain = useExplainViolation();
  const validator = useMemo(() => createFormValidator(explain), [explain]);
  const schema = useMemo(() => formSchema(props.schema), [props.schema]);
  const uiSchema = useMemo(() => uiSchemaOf(schema), [schema]);
  const [wasRefused, setRefused] = useState(false);

  const { data, onChange } = props;
  useEffect(() => {
    // The defaults are part of the input, also for who looks at it as JSON before typing.
    const filled = getDefaultFormState(validator, schema, data, schema);
    const isNew = JSON.stringify(filled) !== JSON.stringify(data);
    if (isNew && typeof filled === 'object') onChange(filled as JsonObject);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each form
  }, [schema]);

  return (
    <Form
      schema={schema}
      uiSchema={uiSchema}
      validator={validator}
      formData={data}
      onChange={({ formData }) => onChange(formData ?? {})}
      onSubmit={({ formData }) => props.onSubmit(formData ?? {})}
      onError={() => setRefused(true)}
      extraErrors={props.extraErrors}
      templates={templates}
      disabled={props.isBusy}
      liveValidate={wasRefused}
      focusOnFirstError
      noHtml5Validate
      showErrorList={false}
    >
      {props.children}
    </Form>
  );
}
