/**
 * Rows as a CSV file (RFC 4180) that Excel opens as text in UTF-8: with a byte order mark, and no cell that it
 * would take for a formula.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
	return `\uFEFF${rows.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(text: string): string {
	// The full-width ones are taken for a formula too where people type in Chinese.
	const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
