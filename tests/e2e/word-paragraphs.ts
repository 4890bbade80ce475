import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { readFile } from 'node:fs/promises';

/**
 * The paragraphs of a Word file, in order and without their styles, read as a browser reads XML.
 * @throws Error where the file is no zip, holds no text, or its text is not well-formed
 */
export async function wordParagraphs(page: Page, path: string): Promise<readonly string[]> {
	const text = unzipSync(await readFile(path))['word/document.xml'];
	if (!text) throw new Error(`no text in ${path}`);
	const read = await page.evaluate((xml) => {
		const parsed = new DOMParser().parseFromString(xml, 'application/xml');
		const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
		const words = (paragraph: Element) =>
			[...paragraph.getElementsByTagNameNS(word, 't')].map((run) => run.textContent).join('');
		return {
			broken: parsed.querySelector('parsererror')?.textContent ?? '',
			paragraphs: [...parsed.getElementsByTagNameNS(word, 'p')].map(words)
		};
	}, strFromU8(text));
	if (read.broken !== '') throw new Error(read.broken);
	return read.paragraphs;
}
