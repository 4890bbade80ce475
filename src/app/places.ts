import { m } from '#paraglide/messages.js';
import type { IconName } from '#ui/icons.ts';
import type { Home } from './account.ts';

/** A place of the app that is always in reach. */
export interface AppPlace {
	readonly href: string;
	readonly label: () => string;
	readonly icon: IconName;
	/** What else belongs to it, by address. */
	readonly with?: readonly string[];
	/** Only at the side of a wide screen; a phone reaches it by the settings. */
	readonly wide?: true;
}

const courtyards: AppPlace = { href: '/courtyards', label: m.nav_courtyards, icon: 'courtyard' };
const delivery: AppPlace = { href: '/sync', label: m.nav_sync, icon: 'exchange' };
const matters: AppPlace = {
	href: '/matters',
	label: m.affairs_title,
	icon: 'speech',
	with: ['/publish']
};
const board: AppPlace = { href: '/public', label: m.public_title, icon: 'speech' };
const conventions: AppPlace = { href: '/conventions', label: m.nav_conventions, icon: 'paper' };
/** 议事: where a thumb has room for one place, it holds what is raised and what is agreed. */
const deliberation: AppPlace = {
	...matters,
	label: m.nav_deliberation,
	with: ['/conventions', '/meetings', '/public', '/publish', '/search']
};
const settings: AppPlace = { href: '/settings', label: m.nav_settings, icon: 'settings' };

const places: Readonly<Record<Home | 'nobody', readonly AppPlace[]>> = {
	office: [
		{ href: '/office', label: m.nav_office, icon: 'chart' },
		courtyards,
		{ href: '/office/roster', label: m.nav_roster, icon: 'list' },
		{ ...conventions, wide: true },
		{ ...matters, wide: true },
		{ href: '/meetings', label: m.meetings_title, icon: 'calendar', wide: true },
		{ ...board, icon: 'speaker', wide: true },
		{ href: '/search', label: m.search_title, icon: 'search', wide: true },
		{ href: '/office/accounts', label: m.nav_accounts, icon: 'people', wide: true },
		{ href: '/office/devices', label: m.devices_title, icon: 'phone', wide: true },
		{ href: '/office/policy', label: m.policy_title, icon: 'check', wide: true },
		delivery,
		settings
	],
	worker: [
		{ href: '/today', label: m.nav_today, icon: 'today' },
		courtyards,
		deliberation,
		delivery,
		settings
	],
	partner: [{ href: '/places', label: m.nav_places, icon: 'courtyard' }, board, conventions, settings],
	// What waits on a courtyard's tablet is its households' own: no list of it.
	tablet: [{ href: '/tablet', label: m.nav_tablet, icon: 'check' }, board, settings],
	resident: [{ href: '/home', label: m.nav_home, icon: 'check' }, deliberation, settings],
	nobody: [delivery, settings]
};

/** At most five but for the wide ones: more do not fit a phone's lower edge. */
export function appPlaces(home: Home | 'nobody'): readonly AppPlace[] {
	return places[home];
}

/** The place that `path` belongs to: the one with the longest address it begins with. */
export function currentPlace(places: readonly AppPlace[], path: string): AppPlace | undefined {
	const [longest] = places
		.flatMap((place) => [place.href, ...(place.with ?? [])].map((href) => ({ place, href })))
		.filter(({ href }) => path === href || path.startsWith(`${href}/`))
		.sort((a, b) => b.href.length - a.href.length);
	return longest?.place;
}
