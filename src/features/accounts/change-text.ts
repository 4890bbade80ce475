import { m } from '#paraglide/messages.js';
import { roleText } from '#app/role-words.ts';

/**
 * What stood before or after a change, in words: roles by their places, with commas or spaces between them in the
 * log; anything else as it is.
 */
export function changeText(text: string | undefined, wording: Parameters<typeof roleText>[1]): string {
	if (text === undefined) return '';
	const parts = text.split(/[,\s]+/).filter((part) => part !== '');
	const words = parts.map((part) => roleText(part, wording));
	return words.some((word, index) => word !== parts[index]) ? words.join(m.import_part_comma()) : text;
}
