import * as v from 'valibot';
import { placeKind } from './place.ts';
import { name } from './text.ts';

/** 院落: `name` is its address, 草厂三条12号. */
export const courtyardBody = v.strictObject({ name });

export const courtyard = placeKind('courtyard', courtyardBody, ['courtyard']);
