import type { Locator, Page } from '@playwright/test';

/** A point as shares of the width and height of the glass. */
export type Share = readonly [number, number];

/** Draws a stroke on the glass to sign on with the mouse; the hand goes in steps. */
export async function drawOn(glass: Locator, from: Share, to: Share): Promise<void> {
	// At the edge the bar at the bottom would lie over it.
	await glass.evaluate((element) => element.scrollIntoView({ block: 'center' }));
	const box = await glass.boundingBox();
	if (!box) throw new Error('no glass');
	const at = ([x, y]: Share) => [box.x + box.width * x, box.y + box.height * y] as const;
	const { mouse } = glass.page();
	await mouse.move(...at(from));
	await mouse.down();
	await mouse.move(...at(to), { steps: 12 });
	await mouse.up();
}

export const glass = (page: Page, title: string): Locator =>
	page.getByRole('group', { name: title }).locator('canvas');
/** The glass with so many strokes on it. */
export const signed = (page: Page, title: string, count: number): Locator =>
	page.getByRole('group', { name: title }).getByRole('img', { name: `签名框，已经写了 ${count} 笔` });
