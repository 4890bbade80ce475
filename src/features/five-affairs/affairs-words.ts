import { m } from '#paraglide/messages.js';
import type { Affair } from '#read-models/five-affairs.ts';

/** One of the five with its figures, and the list where what they count is found. */
export interface AffairGroup {
	readonly title: string;
	readonly explained: string;
	readonly href: string;
	readonly affairs: readonly Affair[];
	/** What stands for it side by side with the other four, in one figure. */
	readonly main: { readonly title: string; readonly of: readonly Affair[] };
}

export function affairGroups(): readonly AffairGroup[] {
	return [
		{
			title: m.public_five_heard(),
			explained: m.public_five_heard_text(),
			href: '/matters',
			affairs: ['heard resident', 'heard worker', 'heard reception', 'heard meeting'],
			main: {
				title: m.public_five_main_heard(),
				of: ['heard resident', 'heard worker', 'heard reception', 'heard meeting']
			}
		},
		{
			title: m.public_five_deliberated(),
			explained: m.public_five_deliberated_text(),
			href: '/meetings',
			affairs: ['deliberated meetings', 'deliberated matters'],
			main: { title: m.public_five_meetings(), of: ['deliberated meetings'] }
		},
		{
			title: m.public_five_settled(),
			explained: m.public_five_settled_text(),
			href: '/matters',
			affairs: ['settled resolutions', 'settled decided', 'settled given', 'settled on time', 'settled late'],
			main: { title: m.public_five_main_settled(), of: ['settled on time', 'settled late'] }
		},
		{
			title: m.public_five_published(),
			explained: m.public_five_published_text(),
			href: '/public',
			affairs: ['published announcements', 'published minutes', 'published matters'],
			main: {
				title: m.public_five_main_published(),
				of: ['published announcements', 'published minutes', 'published matters']
			}
		},
		{
			title: m.public_five_rated(),
			explained: m.public_five_rated_text(),
			href: '/matters',
			affairs: ['rated satisfied', 'rated partly', 'rated not', 'rated reopened'],
			main: { title: m.public_five_main_rated(), of: ['rated satisfied', 'rated partly', 'rated not'] }
		}
	];
}

export function affairText(affair: Affair): string {
	switch (affair) {
		case 'heard resident':
			return m.public_five_resident();
		case 'heard worker':
			return m.public_five_worker();
		case 'heard reception':
			return m.public_five_reception();
		case 'heard meeting':
			return m.public_five_meeting();
		case 'deliberated meetings':
			return m.public_five_meetings();
		case 'deliberated matters':
			return m.public_five_deliberating();
		case 'settled resolutions':
			return m.public_five_resolutions();
		case 'settled decided':
			return m.public_five_decided();
		case 'settled given':
			return m.public_five_given();
		case 'settled on time':
			return m.public_five_on_time();
		case 'settled late':
			return m.public_five_late();
		case 'published announcements':
			return m.public_about_announcement();
		case 'published minutes':
			return m.public_about_minutes();
		case 'published matters':
			return m.public_about_matter();
		case 'rated satisfied':
			return m.public_satisfied();
		case 'rated partly':
			return m.public_partly();
		case 'rated not':
			return m.public_not();
		case 'rated reopened':
			return m.public_five_reopened();
	}
}
