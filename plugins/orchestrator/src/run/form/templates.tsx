import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import AddIcon from '@mui/icons-material/Add';
import {
  ArrayFieldTemplateItemType,
  ArrayFieldTemplateProps,
  canExpand,
  DescriptionFieldProps,
  errorId,
  FieldErrorProps,
  getTemplate,
  getUiOptions,
  IconButtonProps,
  ObjectFieldTemplateProps,
  TitleFieldProps,
  titleId,
  descriptionId,
  TranslatableString,
} from '@rjsf/utils';
import { BaseInput } from './BaseInput';

function Title({ id, title, required }: TitleFieldProps) {
  return (
    <Box id={id} sx={{ fontSize: 14, fontWeight: 700 }}>
      {title}
      {required && <span aria-hidden> *</span>}
    </Box>
  );
}

function Description({ id, description }: DescriptionFieldProps) {
  return description ? (
    <Typography
      id={id}
      component="span"
      color="text.secondary"
      sx={{ display: 'block', fontSize: 13, mt: 0.25 }}
    >
      {description}
    </Typography>
  ) : null;
}

function FieldErrors({ errors = [], idSchema }: FieldErrorProps) {
  return errors.length > 0 ? (
    <div id={errorId(idSchema)}>
      {errors.map((error, index) => (
        // eslint-disable-next-line react/no-array-index-key -- the same error may be told twice
        <FormHelperText key={index} error sx={{ mx: 0 }}>
          {error}
        </FormHelperText>
      ))}
    </div>
  ) : null;
}

/** An object is a group of fields; inside another one it is set off by a line at its left. */
function ObjectFields(props: ObjectFieldTemplateProps) {
  const { title, description, properties, idSchema, registry, schema } = props;
  const isRoot = idSchema.$id === 'root';
  const { AddButton } = registry.templates.ButtonTemplates;
  const options = getUiOptions(props.uiSchema);
  const DescriptionField = getTemplate(
    'DescriptionFieldTemplate',
    registry,
    options,
  );
  return (
    <Box
      component="fieldset"
      sx={{
        m: 0,
        p: 0,
        minWidth: 0,
        border: 0,
        ...(!isRoot && { borderLeft: 2, borderColor: 'divider', pl: 2 }),
      }}
    >
      {title && !isRoot && (
        <Box
          component="legend"
          id={titleId(idSchema)}
          sx={{ p: 0, fontSize: 14, fontWeight: 700 }}
        >
          {title}
        </Box>
      )}
      {description && (
        <DescriptionField
          id={descriptionId(idSchema)}
          description={description}
          schema={schema}
          registry={registry}
        />
      )}
      <Stack gap={2.5} sx={{ mt: 2 }}>
        {properties.map(property =>
          property.hidden ? (
            property.content
          ) : (
            <div key={property.name}>{property.content}</div>
          ),
        )}
        {canExpand(schema, props.uiSchema, props.formData) && (
          <div>
            <AddButton
              onClick={props.onAddClick(schema)}
              disabled={props.disabled || props.readonly}
              registry={registry}
            />
          </div>
        )}
      </Stack>
    </Box>
  );
}

function List(props: ArrayFieldTemplateProps) {
  const { title, items, canAdd, onAddClick, registry, idSchema } = props;
  const { AddButton } = registry.templates.ButtonTemplates;
  const options = getUiOptions(props.uiSchema);
  const description = options.description ?? props.schema.description;
  return (
    <Box component="fieldset" sx={{ m: 0, p: 0, minWidth: 0, border: 0 }}>
      <Box
        component="legend"
        id={titleId(idSchema)}
        sx={{ p: 0, fontSize: 14, fontWeight: 700 }}
      >
        {options.title ?? title}
        {props.required && <span aria-hidden> *</span>}
      </Box>
      {typeof description === 'string' && (
        <Description
          id={descriptionId(idSchema)}
          description={description}
          schema={props.schema}
          registry={registry}
        />
      )}
      <Stack gap={1.5} sx={{ mt: 1.5 }}>
        {items.map(({ key, ...item }) => (
          <ListItem key={key} {...item} />
        ))}
        {canAdd && (
          <div>
            <AddButton
              onClick={onAddClick}
              disabled={props.disabled || props.readonly}
              registry={registry}
            />
          </div>
        )}
      </Stack>
    </Box>
  );
}

function ListItem(item: Omit<ArrayFieldTemplateItemType, 'key'>) {
  const { MoveUpButton, MoveDownButton, RemoveButton } =
    item.registry.templates.ButtonTemplates;
  const isFixed = item.disabled || item.readonly;
  const buttons = { uiSchema: item.uiSchema, registry: item.registry };
  return (
    <Stack direction="row" alignItems="flex-start" gap={0.5}>
      <Box sx={{ flex: 1, minWidth: 0 }}>{item.children}</Box>
      {item.hasMoveUp && (
        <MoveUpButton
          {...buttons}
          disabled={isFixed}
          onClick={item.onReorderClick(item.index, item.index - 1)}
        />
      )}
      {item.hasMoveDown && (
        <MoveDownButton
          {...buttons}
          disabled={isFixed}
          onClick={item.onReorderClick(item.index, item.index + 1)}
        />
      )}
      {item.hasRemove && (
        <RemoveButton
          {...buttons}
          disabled={isFixed}
          onClick={item.onDropIndexClick(item.index)}
        />
      )}
    </Stack>
  );
}

function Add({ onClick, disabled, registry }: IconButtonProps) {
  return (
    <Button
      size="small"
      startIcon={<AddIcon />}
      onClick={onClick}
      disabled={disabled}
    >
      {registry.translateString(TranslatableString.AddItemButton)}
    </Button>
  );
}

/** How the form draws what is not a single field. */
export const templates = {
  ArrayFieldTemplate: List,
  BaseInputTemplate: BaseInput,
  ButtonTemplates: { AddButton: Add },
  DescriptionFieldTemplate: Description,
  FieldErrorTemplate: FieldErrors,
  ObjectFieldTemplate: ObjectFields,
  TitleFieldTemplate: Title,
};
