import { BuiltinTable } from '../builtins/Builtin';
import { BuiltinLibrary } from '../builtins/BuiltinLibrary';
import { containers } from '../builtins/containers';
import { flow as jqFlow } from '../builtins/flow';
import { math } from '../builtins/math';
import { paths } from '../builtins/paths';
import { texts as jqTexts } from '../builtins/texts';
import { time } from '../builtins/time';
import { entries } from './entries';
import { extras } from './extras';
import { flow } from './flow';
import { sonataFlowFormats } from './formats';
import { numbers } from './numbers';
import { patterns } from './patterns';
import { sonataFlowSemantics } from './semantics';
import { texts } from './texts';

const jq: BuiltinTable = {
  ...jqFlow,
  ...containers,
  ...paths,
  ...jqTexts,
  ...math,
  ...time,
};

/** Builtins of jq that jackson-jq has, too, and that do the same there. */
const shared = `
  acos/0 add/0 arrays/0 ascii_downcase/0 ascii_upcase/0 asin/0
  atan/0 atan2/2 booleans/0 cbrt/0 combinations/0 combinations/1 contains/1 cos/0 cosh/0 del/1
  delpaths/1 empty/0 endswith/1 exp/0 exp10/0 exp2/0 explode/0 expm1/0 finites/0 first/0 flatten/0
  flatten/1 floor/0 getpath/1 group_by/1 in/1 infinite/0 inside/1 isfinite/0 isinfinite/0 isnan/0
  isnormal/0 iterables/0 join/1 keys/0
  keys_unsorted/0 last/0 leaf_paths/0 length/0 log/0 log10/0 log1p/0 log2/0 map/1 map_values/1
  max/0 max_by/1 min/0 min_by/1 nan/0 normals/0 not/0 now/0 nth/1 nulls/0 numbers/0 objects/0 path/1
  pow/2 range/1 range/2 range/3 recurse/2 reverse/0 round/0 scalars/0 select/1 setpath/2 sin/0
  sinh/0 sort/0 sort_by/1 split/1 sqrt/0 startswith/1 strings/0 tan/0 tanh/0 to_entries/0
  transpose/0 type/0 unique/0 unique_by/1 until/2 utf8bytelength/0 values/0 while/2 with_entries/1`
  .trim()
  .split(/\s+/);

/** What SonataFlow's jq has: jackson-jq 1.0 in its jq 1.6 mode, with its extra module. */
export const sonataFlowLibrary = new BuiltinLibrary({
  table: {
    ...Object.fromEntries(shared.map(name => [name, jq[name]])),
    ...flow,
    ...entries,
    ...numbers,
    ...texts,
    ...patterns,
    ...extras,
  },
  formats: sonataFlowFormats,
  semantics: sonataFlowSemantics,
});
