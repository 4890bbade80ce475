const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size as people say it: 12 MB. Powers of 1,000, as sellers of phones count. */
export function byteText(bytes: number, locale: string): string {
	const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
	return new Intl.NumberFormat(locale, {
		style: 'unit',
		unit: units[step] ?? 'byte',
		unitDisplay: 'short',
		maximumFractionDigits: step > 1 ? 1 : 0
	}).format(bytes / 1000 ** step);
}
