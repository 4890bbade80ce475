import { StoreError } from '#records/phone-store.ts';

/** Runs `work` on the database; whatever the disk refuses is thrown as a StoreError. */
export async function onDisk<Result>(work: () => PromiseLike<Result>): Promise<Result> {
	try {
		return await work();
	} catch (error) {
		throw toStoreError(error);
	}
}

export function toStoreError(error: unknown): StoreError {
	if (error instanceof StoreError) return error;
	const names = causesOf(error).map(nameOf);
	if (names.includes('QuotaExceededError')) return new StoreError('full', error);
	if (names.includes('VersionError')) return new StoreError('newer', error);
	return new StoreError('blocked', error);
}

/**
 * Text that is not JSON, a value of another shape, one that its key does not open, one whose file the browser lost
 * (Chrome keeps large ones in files of their own): nothing that trying again would mend.
 */
const damages: readonly unknown[] = [
	'SyntaxError',
	'TypeError',
	'OperationError',
	'DataError',
	'NotReadableError'
];

/** Whether reading a row failed because it is damaged. */
export function isDamage(error: unknown): boolean {
	return causesOf(error).some((cause) => damages.includes(nameOf(cause)));
}

/** Dexie wraps what the browser reported: a quota exceeded arrives within an abort, or as one of many. */
function causesOf(error: unknown): readonly unknown[] {
	const causes: unknown[] = [];
	const rest = [error];
	for (let next = rest.pop(); next !== undefined && causes.length < 100; next = rest.pop()) {
		if (causes.includes(next)) continue;
		causes.push(next);
		if (typeof next !== 'object' || next === null) continue;
		if ('inner' in next) rest.push(next.inner);
		if ('cause' in next) rest.push(next.cause);
		if ('failures' in next && isList(next.failures)) rest.push(...next.failures);
	}
	return causes;
}

function isList(value: unknown): value is readonly unknown[] {
	return Array.isArray(value);
}

function nameOf(error: unknown): unknown {
	return typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
}
