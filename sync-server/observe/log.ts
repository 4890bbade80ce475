import { pino, type Logger } from 'pino';
import type { LogLevel } from '../config.ts';

export type Log = Logger;

/** JSON lines on standard output, written at once: the last lines before an exit are there too. */
export function openLog(level: LogLevel): Log {
	return pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			serializers: { error: describeError }
		},
		pino.destination({ dest: 1, sync: true })
	);
}

/** Only what names the fault: other fields of an error may hold what someone sent. */
function describeError(error: unknown): object {
	if (!(error instanceof Error)) return { message: String(error) };
	const { name, message, stack, cause } = error;
	return { name, message, stack, ...(cause instanceof Error && { cause: describeError(cause) }) };
}
