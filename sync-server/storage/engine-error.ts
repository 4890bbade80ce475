/** PouchDB's errors carry CouchDB's status; `name` is CouchDB's `error`. */
export interface EngineError {
	readonly status: number;
	readonly error: string;
	readonly reason: string;
}

/**
 * What an error of PouchDB says in CouchDB's words.
 * @throws Error with what was thrown as its cause when it is not one of PouchDB's: a bug, or the disk.
 */
export function engineError(thrown: unknown): EngineError {
	if (typeof thrown !== 'object' || thrown === null) throw new TypeError(`not an error: ${String(thrown)}`);
	const { status, name, message, reason } = fieldsOf(thrown);
	if (typeof status !== 'number' || typeof name !== 'string') {
		throw new Error('the storage engine failed', { cause: thrown });
	}
	if (status === 409) return { status, error: 'conflict', reason: 'Document update conflict.' };
	const text = typeof reason === 'string' ? reason : message;
	return { status, error: name, reason: typeof text === 'string' ? text : name };
}

export function isMissing(thrown: unknown): boolean {
	return typeof thrown === 'object' && thrown !== null && 'status' in thrown && thrown.status === 404;
}

function fieldsOf(thrown: object): Record<'status' | 'name' | 'message' | 'reason', unknown> {
	return {
		status: 'status' in thrown ? thrown.status : undefined,
		name: 'name' in thrown ? thrown.name : undefined,
		message: 'message' in thrown ? thrown.message : undefined,
		reason: 'reason' in thrown ? thrown.reason : undefined
	};
}
