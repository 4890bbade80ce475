import { rate } from '#read-models/participation.ts';

/** 63%; a dash where there is nothing to measure. */
export function percentText(part: number, whole: number, locale: string): string {
	const value = rate(part, whole);
	if (value === undefined) return '–';
	return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(value);
}
