import * as v from 'valibot';
import { placeKind } from './place.ts';
import { name } from './text.ts';

/** A subdistrict 街道, community 社区 or grid 网格: which of them, its scope says. */
export const areaBody = v.strictObject({ name });

export const area = placeKind('area', areaBody, ['subdistrict', 'community', 'grid']);
