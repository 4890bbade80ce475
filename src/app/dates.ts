import { addDays, monthOf, toDay, weekdayOf, type Day, type Month } from '#kinds/day.ts';

/** Instants are told in Beijing's time, wherever the device believes to be. */
const timeZone = 'Asia/Shanghai';

/** Noon in Beijing, so that every zone formats the same day. */
function noon(day: Day): Date {
	return new Date(`${day}T12:00:00+08:00`);
}

/** 11月23日 星期一; Mon, 23 Nov. The year is said only when it is not `today`'s. */
export function dayText(day: Day, locale: string, today?: Day): string {
	const chinese = locale === 'zh-CN';
	const otherYear = today !== undefined && !day.startsWith(today.slice(0, 4));
	const date = new Intl.DateTimeFormat(region(locale), {
		timeZone,
		...(otherYear ? { year: 'numeric' } : {}),
		month: chinese ? 'long' : 'short',
		day: 'numeric'
	}).format(noon(day));
	const weekday = weekdayText(weekdayOf(day), locale, chinese ? 'long' : 'short');
	return chinese ? `${date} ${weekday}` : `${weekday}, ${date}`;
}

/** 11月23日; 23 Nov. */
export function shortDayText(day: Day, locale: string): string {
	return new Intl.DateTimeFormat(region(locale), {
		timeZone,
		month: locale === 'zh-CN' ? 'long' : 'short',
		day: 'numeric'
	}).format(noon(day));
}

/** 2026年11月23日; 23 November 2026: as it stands on papers. */
export function longDayText(day: Day, locale: string): string {
	return new Intl.DateTimeFormat(region(locale), {
		timeZone,
		year: 'numeric',
		month: 'long',
		day: 'numeric'
	}).format(noon(day));
}

/** 2026年11月; November 2026. */
export function monthText(month: Month, locale: string): string {
	return new Intl.DateTimeFormat(region(locale), { timeZone, year: 'numeric', month: 'long' }).format(
		new Date(`${month}-15T12:00:00+08:00`)
	);
}

/** 星期一; Monday. `weekday`: 0 is Sunday. */
export function weekdayText(weekday: number, locale: string, width: 'long' | 'short' | 'narrow'): string {
	const sunday = new Date('2026-11-22T12:00:00+08:00').getTime();
	return new Intl.DateTimeFormat(region(locale), { timeZone, weekday: width }).format(
		new Date(sunday + weekday * 86_400_000)
	);
}

/** 14:05 */
export function timeText(at: string | Date, locale: string): string {
	return new Intl.DateTimeFormat(region(locale), {
		timeZone,
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23'
	}).format(new Date(at));
}

/** 11月23日 14:05; 23 Nov, 14:05. */
export function instantText(at: string | Date, locale: string): string {
	return new Intl.DateTimeFormat(region(locale), {
		timeZone,
		month: locale === 'zh-CN' ? 'long' : 'short',
		day: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23'
	}).format(new Date(at));
}

/** 11月23日 星期一 19:00, of a time of the clock in Beijing: `2026-11-23T19:00`. */
export function clockText(clock: string, locale: string, today?: Day): string {
	return `${dayText(toDay(clock.slice(0, 10)), locale, today)} ${clock.slice(11)}`;
}

/** 11月1日 – 11月23日; 1 Nov – 23 Nov. Both days included. */
export function periodText(from: Day, to: Day, locale: string): string {
	return `${shortDayText(from, locale)} – ${shortDayText(to, locale)}`;
}

/** The month before `month`. */
export function monthBefore(month: Month): Month {
	return monthOf(addDays(toDay(`${month}-01`), -1));
}

/** English as in 23 Nov, not Nov 23. */
function region(locale: string): string {
	return locale === 'en' ? 'en-GB' : locale;
}
