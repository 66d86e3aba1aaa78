import Button, { ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';

import { Allowed } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ButtonLink } from './ButtonLink';

type AllowedButtonProps = Pick<
  ButtonProps,
  'children' | 'color' | 'size' | 'startIcon' | 'sx' | 'variant'
> & {
  allowed: Allowed;
  /** Makes the button a link, which is never busy. */
  to?: string;
  /** True while what it started goes on. */
  isBusy?: boolean;
  onClick?: () => void;
  'aria-label'?: string;
};

/** True when the action has no place here at all, because the viewer lacks the permission. */
export function isHidden(allowed: Allowed): boolean {
  return !allowed.allowed && allowed.cause === 'permission';
}

/** True when the action can never be done here: not by this viewer, or not by this engine. */
export function isOutOfReach(allowed: Allowed): boolean {
  return !allowed.allowed && allowed.cause !== 'state';
}

/**
 * A button for an action that the server allows or not: absent without the permission; disabled
 * with the reason when the state or the engine forbids it. The disabled button keeps its place in
 * the tab order, so that the reason can be reached by keyboard too.
 */
export function AllowedButton(props: AllowedButtonProps) {
  const { allowed, to, isBusy, onClick, sx, ...button } = props;
  if (isHidden(allowed)) return null;
  if (allowed.allowed) {
    return to ? (
      <ButtonLink {...button} sx={sx} to={to} />
    ) : (
      <Button {...button} sx={sx} disabled={isBusy} onClick={onClick} />
    );
  }
  return (
    <Tooltip title={allowed.reason ?? ''} describeChild>
      <Button
        {...button}
        aria-disabled
        disableRipple
        sx={[
          theme => ({
            '&&, &&:hover': {
              color: theme.palette.action.disabled,
              backgroundColor:
                button.variant === 'contained'
                  ? theme.palette.action.disabledBackground
                  : 'transparent',
              borderColor: theme.palette.action.disabledBackground,
              boxShadow: 'none',
              cursor: 'default',
            },
          }),
          ...(Array.isArray(sx) ? sx : [sx]),
        ]}
      />
    </Tooltip>
  );
}
