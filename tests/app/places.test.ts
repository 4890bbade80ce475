import { expect, test } from 'vitest';
import { appPlaces, currentPlace } from '#app/places.ts';

const homes = ['office', 'worker', 'partner', 'tablet', 'resident', 'nobody'] as const;

test.each(homes)('at most five places are in reach of %s’s thumb, each once, settings among them', (home) => {
	const places = appPlaces(home);
	const hrefs = places.map(({ href }) => href);
	expect(places.filter(({ wide }) => !wide).length).toBeLessThanOrEqual(5);
	expect(new Set(hrefs).size).toBe(hrefs.length);
	expect(hrefs).toContain('/settings');
});

test('a worker is not shown what is made for the office', () => {
	expect(appPlaces('worker').some(({ href }) => href.startsWith('/office'))).toBe(false);
});

test.each([
	['/office', '/office'],
	['/office/roster', '/office/roster'],
	['/office/check-ins', '/office'],
	['/courtyards/qianmen.caochang.g3.c12', '/courtyards'],
	['/public/qianmen.caochang.g3.c12.minshi0001', '/public'],
	['/publish/matter/qianmen.caochang.g3.c12.minshi0001', '/matters'],
	['/households/qianmen.caochang.g3.c12.h04', undefined],
	['/officers', undefined]
])('%s belongs to %s', (path, href) => {
	expect(currentPlace(appPlaces('office'), path)?.href).toBe(href);
});
