import { jqSemantics } from '../compile/Semantics';
import { BuiltinLibrary } from './BuiltinLibrary';
import { containers } from './containers';
import { flow } from './flow';
import { formats } from './formats';
import { math } from './math';
import { paths } from './paths';
import { patterns } from './patterns';
import { texts } from './texts';
import { time } from './time';

/** What jq 1.8 has, without modules and environment. */
export const jqLibrary = new BuiltinLibrary({
  table: {
    ...flow,
    ...containers,
    ...paths,
    ...texts,
    ...patterns,
    ...math,
    ...time,
  },
  formats,
  semantics: jqSemantics,
});
