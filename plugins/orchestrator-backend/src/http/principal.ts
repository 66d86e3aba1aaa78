import { CallerCredentials } from './OperationRouter';

/** Entity ref of a person, or the name of a service; in lower case, as it is stored. */
export function principalOf({ principal }: CallerCredentials): string {
  const name =
    principal.type === 'user' ? principal.userEntityRef : principal.subject;
  return name.toLocaleLowerCase('en-US');
}
