import Button, { ButtonProps } from '@mui/material/Button';
import { Link } from '@backstage/core-components';
import { ComponentProps, forwardRef } from 'react';

/** The portal's link without an underline of its own: the button says where the link is. */
const BareLink = forwardRef<HTMLAnchorElement, ComponentProps<typeof Link>>(
  (props, ref) => <Link {...props} ref={ref} underline="none" />,
);

type ButtonLinkProps = Omit<ButtonProps<typeof BareLink>, 'component'>;

/** A link that looks like a button. */
export function ButtonLink({ sx, ...button }: ButtonLinkProps) {
  return (
    <Button
      {...button}
      component={BareLink}
      sx={[
        // Stronger than the colour that the portal's link brings along.
        ({ palette }) => ({
          '&&&, &&&:hover': {
            color:
              button.variant === 'contained'
                ? palette.primary.contrastText
                : palette.primary.main,
          },
        }),
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    />
  );
}
