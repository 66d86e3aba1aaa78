import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { SchemaForm, SchemaFormProps } from './SchemaForm';
import { SteppedForm } from './SteppedForm';
import { stepsOf } from './schema/stepsOf';

/** A form in steps where the schema's top-level properties are all objects, else on one page. */
export function InputForm(props: SchemaFormProps) {
  const { schema, ...rest } = props;
  const steps = useMemo(() => stepsOf(schema), [schema]);
  return steps ? (
    <SteppedForm {...rest} steps={steps} />
  ) : (
    <SchemaForm {...rest} schema={schema}>
      <Box sx={{ mt: 3 }}>{props.children}</Box>
    </SchemaForm>
  );
}

// Loaded when it is needed.
export default InputForm;
