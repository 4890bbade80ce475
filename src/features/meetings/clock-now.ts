const eightHours = 8 * 60 * 60 * 1000;

/** The clock in Beijing, to the minute: `2026-11-23T19:00`. */
export function clockNow(now: Date): string {
	return new Date(now.getTime() + eightHours).toISOString().slice(0, 16);
}
