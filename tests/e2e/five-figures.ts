import type { Locator, Page } from '@playwright/test';

/** A figure of the five affairs, by the affair and what it counts. */
export function figureOf(page: Page, affair: string, name: string | RegExp): Locator {
	return page
		.getByRole('listitem')
		.filter({ has: page.getByRole('heading', { name: affair }) })
		.locator('div')
		.filter({ hasText: name })
		.locator('dd');
}
