import { charter } from './charter.ts';
import { clutter } from './clutter.ts';
import { courtyard } from './courtyard.ts';
import { dogs } from './dogs.ts';
import { quiet } from './quiet.ts';
import { sorting } from './sorting.ts';
import { toilets } from './toilets.ts';

export const templates = { sorting, clutter, dogs, toilets, quiet, courtyard, charter } as const;
