import TextField from '@mui/material/TextField';
import {
  ariaDescribedByIds,
  BaseInputTemplateProps,
  examplesId,
  getInputProps,
  labelValue,
} from '@rjsf/utils';
import { ChangeEvent } from 'react';

const shrinkingTypes = ['date', 'datetime-local', 'file', 'time'];

/** One line of text, a number or a date; tells screen readers of its description and its errors. */
export function BaseInput(props: BaseInputTemplateProps) {
  const { id, schema, options, rawErrors = [], value } = props;
  const { step, min, max, accept, ...input } = getInputProps(
    schema,
    props.type,
    options,
  );
  const onChange =
    props.onChangeOverride ??
    ((event: ChangeEvent<HTMLInputElement>) =>
      props.onChange(
        event.target.value === '' ? options.emptyValue : event.target.value,
      ));
  const examples = Array.isArray(schema.examples) ? schema.examples : [];
  return (
    <>
      <TextField
        id={id}
        name={id}
        size="small"
        fullWidth
        label={labelValue(props.label || undefined, props.hideLabel, undefined)}
        placeholder={props.placeholder}
        required={props.required}
        disabled={props.disabled || props.readonly}
        error={rawErrors.length > 0}
        value={value ?? ''}
        onChange={onChange}
        onBlur={event => props.onBlur(id, event.target.value)}
        onFocus={event => props.onFocus(id, event.target.value)}
        multiline={props.multiline}
        rows={props.rows}
        InputLabelProps={
          shrinkingTypes.includes(input.type) ? { shrink: true } : undefined
        }
        inputProps={{
          ...input,
          step,
          min,
          max,
          accept,
          'aria-label': props.hideLabel ? props.label : undefined,
          'aria-describedby': ariaDescribedByIds(id, examples.length > 0),
          ...(examples.length > 0 && { list: examplesId(id) }),
        }}
      />
      {examples.length > 0 && (
        <datalist id={examplesId(id)}>
          {examples.map(example => (
            <option key={String(example)} value={String(example)} />
          ))}
        </datalist>
      )}
    </>
  );
}
