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
			serializers: { error: pino.stdSerializers.err }
		},
		pino.destination({ dest: 1, sync: true })
	);
}
