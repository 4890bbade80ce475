declare const scopeBrand: unique symbol;

/**
 * A place in the neighbourhood, from the subdistrict inwards:
 * `qianmen/caochang/g3/c12/h04` is subdistrict / community / grid / courtyard / household.
 */
export type Scope = string & { readonly [scopeBrand]: true };

export const levels = ['subdistrict', 'community', 'grid', 'courtyard', 'household'] as const;
export type Level = (typeof levels)[number];

/** No hyphen in a segment: database names join segments with one, and must stay unambiguous. */
const scopePattern = /^[a-z0-9_]{1,32}(?:\/[a-z0-9_]{1,32}){0,4}$/;

export function isScope(value: unknown): value is Scope {
	return typeof value === 'string' && scopePattern.test(value);
}

/** @throws RangeError when `value` is not a scope path. */
export function toScope(value: string): Scope {
	if (!isScope(value)) throw new RangeError(`not a scope: ${value}`);
	return value;
}

export function levelOf(scope: Scope): Level {
	const level = levels[scope.split('/').length - 1];
	if (!level) throw new RangeError(`not a scope: ${scope}`);
	return level;
}

/** Whether `inner` is `outer` or lies within it. */
export function isWithin(inner: Scope, outer: Scope): boolean {
	return inner.startsWith(outer) && (inner.length === outer.length || inner[outer.length] === '/');
}

/** The scope cut off at `level`, or undefined when it does not reach that deep. */
export function scopeAt(scope: Scope, level: Level): Scope | undefined {
	const segments = scope.split('/');
	const depth = levels.indexOf(level) + 1;
	return segments.length < depth ? undefined : toScope(segments.slice(0, depth).join('/'));
}

export function parentScope(scope: Scope): Scope | undefined {
	const cut = scope.lastIndexOf('/');
	return cut < 0 ? undefined : toScope(scope.slice(0, cut));
}

export function childScope(scope: Scope, segment: string): Scope {
	return toScope(`${scope}/${segment}`);
}
