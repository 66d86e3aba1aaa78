import { Definition } from '../definition';
import { FileSlot } from './FileSlot';

/** A definition that runs, and the file that it came from. */
export interface Deployed {
  path: string;
  definition: Definition;
}

/**
 * Decides which file each workflow id belongs to: to the one that has it already, else to the
 * first by name. A file that lost the id of its new content goes on with what it ran before.
 */
export function assignIds(
  slots: FileSlot[],
  present: ReadonlyMap<string, Deployed>,
): { deployed: Map<string, Deployed>; losers: Map<string, string> } {
  const deployed = new Map<string, Deployed>();
  const losers = new Map<string, string>();
  const claim = (path: string, definition: Definition) => {
    deployed.set(definition.workflow.id, { path, definition });
  };
  const claims = slots.flatMap(({ path, good }) =>
    good ? [{ path, good }] : [],
  );
  const isOwner = ({ path, good }: (typeof claims)[number]) =>
    present.get(good.workflow.id)?.path === path;
  for (const { path, good } of [
    ...claims.filter(isOwner),
    ...claims.filter(each => !isOwner(each)),
  ]) {
    const owner = deployed.get(good.workflow.id);
    if (owner) {
      losers.set(path, owner.path);
    } else {
      claim(path, good);
    }
  }
  for (const { path, definition } of present.values()) {
    if (losers.has(path) && !deployed.has(definition.workflow.id)) {
      claim(path, definition);
    }
  }
  return { deployed, losers };
}
