import Button, { ButtonProps } from '@mui/material/Button';
import { Link } from '@backstage/core-components';
import { ComponentProps, forwardRef } from 'react';

/** The portal's link without an underline of its own: the button says where the link is. */
const BareLink = forwardRef<HTMLAnchorElement, ComponentProps<typeof Link>>(
  (props, ref) => <Link {...props} ref={ref} underline="none" />,
);

type ButtonLinkProps = Omit<ButtonProps<typeof BareLink>, 'component'>;

/** A link that looks like a button. */
export function ButtonLink(props: ButtonLinkProps) {
  return <Button {...props} component={BareLink} />;
}
