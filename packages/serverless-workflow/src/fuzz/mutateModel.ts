import { Chance } from '../differential/Chance';
import { Json } from '../model';

/** What stands where nobody expects it. */
const ODDITIES: readonly Json[] = [
  null,
  true,
  'true',
  0,
  -1,
  1e400,
  '',
  ' ',
  '${',
  '${ .a',
  '{{ .a }}',
  '.a.b',
  '..',
  'error("x")',
  '[limit(1000; repeat(1))]',
  'fn:missing',
  '$CONST.x',
  '$SECRET.x',
  '$WORKFLOW.nothing',
  'PT0.001S',
  'P1M',
  '-PT1S',
  '__proto__',
  'constructor',
  '(a+)+$',
  'rest:get:http://127.0.0.1:1/{x}',
  'specs/none.yaml#op',
  'sysout',
  [],
  {},
  [[]],
  [null],
  { name: null },
  { nextState: 'nowhere' },
  { refName: 'nobody', arguments: [1] },
  { terminate: 'true', produceEvents: [{}] },
  '\u0000',
  '\ud800',
  'x'.repeat(10_000),
];

/** A definition with some of its parts gone, doubled, moved or replaced. */
export function mutateModel(model: Json, chance: Chance): Json {
  const copy: Json = structuredClone(model);
  for (let change = chance.pick([1, 1, 1, 2, 4]); change > 0; change--) {
    const places = placesIn(copy);
    if (places.length > 0) {
      mutate(chance.pick(places), places, chance);
    }
  }
  return copy;
}

interface Place {
  owner: { [key: string]: Json } | Json[];
  key: string;
}

function placesIn(json: Json, places: Place[] = []): Place[] {
  if (typeof json === 'object' && json !== null) {
    for (const key of Object.keys(json)) {
      const owner = json as Place['owner'];
      places.push({ owner, key });
      placesIn(get({ owner, key }), places);
    }
  }
  return places;
}

function mutate(place: Place, places: readonly Place[], chance: Chance): void {
  switch (chance.below(6)) {
    case 0:
      remove(place);
      break;
    case 1:
      if (Array.isArray(place.owner)) {
        place.owner.push(structuredClone(get(place)));
      } else {
        place.owner[chance.pick(places).key] = structuredClone(get(place));
      }
      break;
    case 2:
      set(place, structuredClone(get(chance.pick(places))));
      break;
    case 3:
      set(place, deep(get(place), chance.pick([2, 20, 300])));
      break;
    default:
      set(place, structuredClone(chance.pick(ODDITIES)));
  }
}

function get({ owner, key }: Place): Json {
  return Array.isArray(owner) ? owner[Number(key)] : owner[key];
}

function set({ owner, key }: Place, value: Json): void {
  if (Array.isArray(owner)) {
    owner[Number(key)] = value;
  } else {
    owner[key] = value;
  }
}

function remove({ owner, key }: Place): void {
  if (Array.isArray(owner)) {
    owner.splice(Number(key), 1);
  } else {
    delete owner[key];
  }
}

function deep(value: Json, levels: number): Json {
  let nested = value;
  for (let level = 0; level < levels; level++) {
    nested = level % 2 === 0 ? { a: nested } : [nested];
  }
  return nested;
}
