declare const dayBrand: unique symbol;

/** A calendar day in Beijing, `2026-11-23`. */
export type Day = string & { readonly [dayBrand]: true };

/** A calendar month in Beijing, `2026-11`. */
export type Month = string;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
/** China keeps UTC+8 the whole year. */
const beijingOffsetMs = 8 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

export function isDay(value: unknown): value is Day {
	return typeof value === 'string' && dayPattern.test(value) && isOnCalendar(value);
}

/** `2026-02-30` parses, but to a day of another month. */
function isOnCalendar(value: string): boolean {
	return new Date(Date.parse(value)).getUTCDate() === Number(value.slice(8));
}

/** @throws RangeError when `value` is not a day. */
export function toDay(value: string): Day {
	if (!isDay(value)) throw new RangeError(`not a day: ${value}`);
	return value;
}

/** The day in Beijing at `instant`, wherever the device is. */
export function dayAt(instant: Date): Day {
	return toDay(new Date(instant.getTime() + beijingOffsetMs).toISOString().slice(0, 10));
}

export function monthOf(day: Day): Month {
	return day.slice(0, 7);
}

export function addDays(day: Day, days: number): Day {
	return toDay(new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** From `from` to `to`, both included; [] when `to` is earlier. */
export function daysFrom(from: Day, to: Day): readonly Day[] {
	return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
	return new Date(Date.parse(day)).getUTCDay();
}
