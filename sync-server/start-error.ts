/** Why the server cannot start, in one line that says what to do. */
export class StartError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'StartError';
	}
}

/** The `code` of a system error (`EACCES`, `EADDRINUSE`), or its text where it has none. */
export function codeOf(error: unknown): string {
	if (error instanceof Error && 'code' in error) return String(error.code);
	return String(error);
}
