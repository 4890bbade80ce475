import { hashOfJson } from '#records/hash.ts';
import { smallNumber } from './chinese-number.ts';
import { looseKey } from './text.ts';

/** The places a roster names, from the outside in. */
export type PlaceLevel = 'community' | 'grid' | 'courtyard';

/**
 * What two spellings of one place have in common, so that a second import, or another office's,
 * finds the same place: 草厂社区 and 草厂; 第3网格, 网格三 and 3; 草厂三条12号院 and 草厂三条12号.
 */
export function placeKey(level: PlaceLevel, name: string): string {
	const key = looseKey(name);
	if (level === 'community') return key.replace(/(?:社区)?(?:居委会|居民委员会)?$/u, '') || key;
	if (level === 'courtyard') return key.replace(/(?<=[号\d])院$/u, '').replace(/(?<=\d)号$/u, '');
	const bare = key.replace(/网格/u, '').replace(/^第/u, '').replace(/号$/u, '');
	const number = smallNumber(stripZeros(bare));
	return number === undefined ? key : String(number);
}

/** A grid's name without that of its community in front: 草厂社区第3网格 is 第3网格. */
export function withoutCommunity(grid: string, community: string): string {
	const key = looseKey(grid);
	const before = placeKey('community', community);
	return key.startsWith(before) ? key.slice(before.length).replace(/^社区/u, '') || grid : grid;
}

/**
 * A household's own key within its courtyard. Numbers compare by value: spreadsheets drop leading
 * zeros, so 04 and 4 are the same household, as are 4号 and 4户.
 */
export function householdKey({ number, door }: { readonly number?: string; readonly door?: string }): string {
	if (number !== undefined) return `number ${labelKey(number)}`;
	return `door ${labelKey(door ?? '')}`;
}

function labelKey(label: string): string {
	const key = looseKey(label);
	const bare = key.replace(/^第/u, '').replace(/[户号室]$/u, '');
	return stripZeros(bare || key);
}

function stripZeros(text: string): string {
	return text.replace(/(?<!\d)0+(?=\d)/g, '');
}

/**
 * The last segment of a new place's scope, from its key alone: two offices that import the same
 * file get the same places. Grids with a number are `g3`; other names `x…` and 12 hex digits of
 * SHA-256, after the letter of their level.
 */
export function placeSegment(level: PlaceLevel, key: string): string {
	if (level === 'grid' && /^\d+$/.test(key)) return `g${key}`;
	return hashedSegment({ community: 'm', grid: 'g', courtyard: 'c' }[level], key);
}

/** `h4`, `h1_302`; by door `d12`. Other labels as in `placeSegment`. */
export function householdSegment(key: string): string {
	const cut = key.indexOf(' ');
	const letter = key.startsWith('number') ? 'h' : 'd';
	const label = key.slice(cut + 1);
	if (/^[0-9][a-z0-9]*(?:-[a-z0-9]+)*$/.test(label) && label.length <= 20) {
		return letter + label.replaceAll('-', '_');
	}
	return hashedSegment(letter, label);
}

/** `x` keeps these apart from segments made of digits. */
export function hashedSegment(letter: string, key: string): string {
	return `${letter}x${hashOfJson(key).slice(0, 12)}`;
}
