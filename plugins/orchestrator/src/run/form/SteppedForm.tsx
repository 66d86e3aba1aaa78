import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Step from '@mui/material/Step';
import StepButton from '@mui/material/StepButton';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ErrorSchema } from '@rjsf/utils';
import { ReactNode, useState } from 'react';
import { JsonTree } from '../../json/JsonTree';
import { orchestratorTranslationRef } from '../../translation';
import { SchemaForm, SchemaFormProps } from './SchemaForm';
import { FormStep } from './schema/stepsOf';

type SteppedFormProps = Omit<SchemaFormProps, 'schema'> & {
  steps: FormStep[];
  /** Beside the buttons of the review. */
  children: ReactNode;
};

/** One step for each top-level object, then a review of everything. */
export function SteppedForm(props: SteppedFormProps) {
  const { steps, data, extraErrors } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [active, setActive] = useState(0);
  const [furthest, setFurthest] = useState(0);
  const goTo = (index: number) => {
    setActive(index);
    setFurthest(before => Math.max(before, index));
  };
  const hasError = ({ key }: FormStep) => Object.hasOwn(extraErrors ?? {}, key);
  const step = steps[active];

  return (
    <>
      <Stepper
        nonLinear
        activeStep={active}
        sx={{ mt: 1, mb: 3, flexWrap: 'wrap', rowGap: 1 }}
      >
        {[...steps, undefined].map((each, index) => (
          <Step
            key={each?.key ?? ''}
            completed={index < furthest}
            disabled={index > furthest}
          >
            <StepButton onClick={() => goTo(index)}>
              <StepLabel error={each && hasError(each)}>
                {each?.title ?? t('run.review')}
              </StepLabel>
            </StepButton>
          </Step>
        ))}
      </Stepper>
      {step ? (
        <SchemaForm
          key={step.key}
          schema={step.schema}
          data={pick(data, step.key)}
          extraErrors={pick(extraErrors ?? {}, step.key) as ErrorSchema}
          isBusy={props.isBusy}
          onChange={part => props.onChange({ ...data, ...part })}
          onSubmit={part => {
            props.onChange({ ...data, ...part });
            goTo(active + 1);
          }}
        >
          <Stack direction="row" gap={1} sx={{ mt: 3 }}>
            {active > 0 && (
              <Button onClick={() => goTo(active - 1)}>{t('run.back')}</Button>
            )}
            <Button type="submit" variant="contained">
              {t('run.next')}
            </Button>
          </Stack>
        </SchemaForm>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault();
            props.onSubmit(data);
          }}
        >
          <JsonTree value={data} />
          <Stack direction="row" flexWrap="wrap" gap={1} sx={{ mt: 3 }}>
            <Button onClick={() => goTo(active - 1)}>{t('run.back')}</Button>
            {props.children}
          </Stack>
        </form>
      )}
    </>
  );
}

function pick<Value>(source: Record<string, Value>, key: string) {
  return Object.hasOwn(source, key) ? { [key]: source[key] } : {};
}
