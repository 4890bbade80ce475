import type { Grant } from '#access/grant.ts';
import { mayWrite } from '#access/rights.ts';
import { m } from '#paraglide/messages.js';
import { householdsOf } from '#read-models/convention-list.ts';
import type { ConventionState } from '#read-models/convention-state.ts';
import { ballotsOf } from '#read-models/convention-ballots.ts';
import { opinionsOn } from '#read-models/opinions.ts';
import type { RevisionSet } from '#records/revision-set.ts';
import { isWithin } from '#records/scope.ts';

export interface ConventionLink {
	readonly href: string;
	readonly label: string;
	/** How much there is. */
	readonly count?: string;
}

/** What an account may do with a convention besides reading it and taking steps, and where. */
export function conventionLinks(
	records: RevisionSet,
	convention: ConventionState,
	grants: readonly Grant[]
): readonly ConventionLink[] {
	const { entity, scope, lines, doubts } = convention;
	const path = `/conventions/${entity}`;
	const writes = mayWrite(grants, 'convention', scope);
	const places = convention.read.courtyards ?? [scope];
	const resident = grants.some(
		({ role, scope: home }) => role === 'resident' && places.some((place) => isWithin(home, place))
	);
	// A worker's grid may be a part of the place that the convention is for.
	const staff = grants.filter(({ role }) => role !== 'resident');
	const asks = writes || householdsOf(records, convention).some((home) => mayWrite(staff, 'vote', home));
	const links: ConventionLink[] = [];
	if (writes)
		links.push({
			href: `${path}/edit`,
			label: m.convention_link_edit(),
			count: m.convention_count_clauses({ count: lines.length })
		});
	if (writes && doubts.length > 0)
		links.push({
			href: `${path}/doubts`,
			label: m.convention_link_doubts(),
			count: m.convention_count_places({ count: doubts.length })
		});
	if (asks || resident) {
		const said = opinionsOn(records, convention.id).filter(({ status }) => status !== 'withdrawn').length;
		links.push({
			href: `${path}/opinions`,
			label: asks ? m.convention_link_opinions() : m.convention_link_own_opinions(),
			count: m.convention_count_opinions({ count: said })
		});
	}
	if (asks || resident) {
		const label = voteLabel(records, convention);
		if (label !== undefined) links.push({ href: `${path}/vote`, label });
	}
	const saved = [...records.revisions('convention', entity)].length;
	links.push({
		href: `${path}/versions`,
		label: m.convention_link_versions(),
		count: m.convention_count_saved({ count: saved })
	});
	links.push({ href: `${path}/notice`, label: m.convention_link_notice() });
	if (grants.some(({ role }) => role === 'office' || role === 'worker'))
		links.push({ href: `/trace?kind=convention&entity=${entity}`, label: m.trace_title() });
	return links;
}

/** Undefined where there was no vote yet; one that was broken off, or not chosen, was one. */
function voteLabel(records: RevisionSet, convention: ConventionState): string | undefined {
	const { stage } = convention.read;
	if (stage?.name === 'voting' && !stage.ballot.result) return m.convention_link_vote();
	if (ballotsOf(records, convention).length === 0) return undefined;
	return stage ? m.convention_link_result() : m.convention_link_vote();
}
