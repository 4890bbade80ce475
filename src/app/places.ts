import { m } from '#paraglide/messages.js';
import type { IconName } from '#ui/icons.ts';
import type { homeOf } from './account.ts';

/** A place of the app that is always in reach. */
export interface AppPlace {
	readonly href: string;
	readonly label: () => string;
	readonly icon: IconName;
}

const courtyards: AppPlace = { href: '/courtyards', label: m.nav_courtyards, icon: 'courtyard' };
const delivery: AppPlace = { href: '/sync', label: m.nav_sync, icon: 'exchange' };
const settings: AppPlace = { href: '/settings', label: m.nav_settings, icon: 'settings' };

const office: readonly AppPlace[] = [
	{ href: '/office', label: m.nav_office, icon: 'chart' },
	courtyards,
	{ href: '/office/roster', label: m.nav_roster, icon: 'list' },
	delivery,
	settings
];
const worker: readonly AppPlace[] = [
	{ href: '/today', label: m.nav_today, icon: 'today' },
	courtyards,
	delivery,
	settings
];

/** At most five: more do not fit a phone's lower edge. */
export function appPlaces(home: ReturnType<typeof homeOf>): readonly AppPlace[] {
	if (home === 'nobody') return [delivery, settings];
	return home === 'office' ? office : worker;
}

/** The place that `path` belongs to: the one with the longest address it begins with. */
export function currentPlace(places: readonly AppPlace[], path: string): AppPlace | undefined {
	return places
		.filter(({ href }) => path === href || path.startsWith(`${href}/`))
		.reduce<AppPlace | undefined>(
			(longest, place) => (longest && longest.href.length > place.href.length ? longest : place),
			undefined
		);
}
