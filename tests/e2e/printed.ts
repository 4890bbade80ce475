import type { Page } from '@playwright/test';

/** The pages as they come out of the printer, by their sizes in millimetres. */
export async function printed(page: Page): Promise<readonly string[]> {
	return pageSizes(await page.pdf({ preferCSSPageSize: true }));
}

/** By the pages' boxes in the bytes of the PDF. */
export function pageSizes(pdf: Buffer): readonly string[] {
	const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
	const millimetres = (points: string | undefined) => Math.round((Number(points) / 72) * 25.4);
	return [...boxes].map(([, width, height]) => `${millimetres(width)} × ${millimetres(height)}`);
}
