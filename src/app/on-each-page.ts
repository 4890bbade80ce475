import type { Attachment } from 'svelte/attachments';

/**
 * Hands `line` to the margin boxes of `@page` as `--on-each-page`, so that a sheet that has come apart from the
 * others still says what it is of. Page boxes know only the properties of the root element.
 */
export function onEachPage(line: string): Attachment<HTMLElement> {
	return ({ ownerDocument }) => {
		const { style } = ownerDocument.documentElement;
		style.setProperty('--on-each-page', cssString(line));
		return () => style.removeProperty('--on-each-page');
	};
}

/** A string of CSS (Syntax Level 3, 4.3.5): quotes, backslashes and line ends by their code points. */
function cssString(text: string): string {
	return `"${text.replaceAll(/["\\\p{Cc}]/gu, (char) => `\\${char.charCodeAt(0).toString(16)} `)}"`;
}
