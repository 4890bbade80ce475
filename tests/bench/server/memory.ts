import { readFileSync } from 'node:fs';

export interface Memory {
	/** Megabytes resident now. */
	readonly now: number;
	/** Megabytes resident at most, since the process began. */
	readonly most: number;
}

/** Of another process, as Linux tells it; undefined elsewhere, and of a server on another machine. */
export function memoryOf(pid: number | undefined): Memory | undefined {
	if (pid === undefined || process.platform !== 'linux') return undefined;
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (name: string) => {
		const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status) ?? [];
		return Math.round(Number(kilobytes) / 1024);
	};
	return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}
