import type { Scope } from '#records/scope.ts';
import { isScope, isWithin, levelOf, parentScope } from '#records/scope.ts';
import { placeKey, withoutCommunity } from './place-key.ts';
import { looseKey } from './text.ts';

/** A place with the name people call it by. */
export interface NamedPlace {
	readonly scope: Scope;
	readonly name: string;
}

/**
 * The places that a cell may mean, of those in `places`: by its path (`qianmen/caochang/g3`) or the end of it, by
 * its name (第三网格, 网格三, 3), or by the names of places it lies in before its own (草厂社区 第三网格).
 */
export function placesMeant(text: string, places: readonly NamedPlace[]): readonly Scope[] {
	const path = text
		.normalize('NFKC')
		.trim()
		.toLowerCase()
		.replaceAll(/\s*\/\s*/g, '/');
	const byPath = places.filter(
		({ scope }) => scope === path || (isScope(path) && scope.endsWith(`/${path}`))
	);
	const exact = byPath.filter(({ scope }) => scope === path);
	if (exact.length > 0) return scopesOf(exact);
	const names = new Map(places.map(({ scope, name }) => [scope, name]));
	const parts = text.split(/[\s/／>＞、，,·-]+/u).filter((part) => part !== '');
	const byName = places.filter(
		(place) => isCalled(place, text, names) || (parts.length > 1 && isReached(place, parts, names))
	);
	return scopesOf([...byPath, ...byName]);
}

/** Whether the last part is the place's name, and those before it, in order, are names of places it lies in. */
function isReached(place: NamedPlace, parts: readonly string[], names: ReadonlyMap<Scope, string>): boolean {
	const [last = '', ...before] = [...parts].reverse();
	if (!isCalled(place, last, names)) return false;
	let inner: Scope | undefined = parentScope(place.scope);
	for (const part of before) {
		while (inner && !isCalled({ scope: inner, name: names.get(inner) ?? '' }, part, names)) {
			inner = parentScope(inner);
		}
		if (!inner) return false;
		inner = parentScope(inner);
	}
	return true;
}

function isCalled({ scope, name }: NamedPlace, text: string, names: ReadonlyMap<Scope, string>): boolean {
	const level = levelOf(scope);
	if (name === '' || level === 'household') return false;
	if (level === 'subdistrict') return looseKey(name) === looseKey(text);
	if (level !== 'grid') return placeKey(level, name) === placeKey(level, text);
	const parent = parentScope(scope);
	const community = (parent && names.get(parent)) ?? '';
	// 草厂社区第三网格 in one word: the community in front must be its own.
	const bare = (grid: string) => placeKey('grid', community ? withoutCommunity(grid, community) : grid);
	return bare(name) === bare(text);
}

/** Each once, without those that another of them lies in: the name of both is theirs. */
function scopesOf(places: readonly NamedPlace[]): readonly Scope[] {
	const scopes = [...new Set(places.map(({ scope }) => scope))];
	return scopes.filter((scope) => !scopes.some((other) => other !== scope && isWithin(scope, other))).sort();
}
