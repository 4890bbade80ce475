import { Hono } from 'hono';
import type { Tablet } from '#access/cards-api.ts';
import { grantsOf } from '#access/grant.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { policyOf } from '#kinds/kinds.ts';
import { householdLabel, householdsIn } from '#read-models/places.ts';
import { checkRevision } from '#records/check-revision.ts';
import { databaseOf } from '#records/database-name.ts';
import { RevisionSet } from '#records/revision-set.ts';
import type { Scope } from '#records/scope.ts';
import { forbidden, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Databases } from '../storage/databases.ts';
import { isValid, type Card } from './card.ts';
import type { Cards } from './cards.ts';

export interface TabletDeps {
	readonly cards: Cards;
	readonly databases: Databases;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

/** What a courtyard's tablet shows: its doors. Of the roster it gets no more than what stands on them. */
export function tabletRoutes({ cards, databases, now }: TabletDeps): Hono<ServerEnv> {
	return new Hono<ServerEnv>().get('/', async (c) => {
		const { name, roles } = c.get('user');
		if (name === null) throw unauthorized('Please login.');
		const courtyard = grantsOf(roles).find(({ role }) => role === 'tablet')?.scope;
		if (!courtyard) throw forbidden('Only for the tablet of a courtyard.');
		const at = new Date(now()).toISOString();
		const valid = (await cards.within(courtyard)).filter((card) => isValid(card, at));
		const records = await householdRecords(databases, courtyard);
		const tablet: Tablet = {
			courtyard,
			doors: householdsIn(records, [courtyard]).map((household) => ({
				household: household.scope,
				label: householdLabel(household),
				verifiers: valid.flatMap((card) => verifierFor(card, household.scope))
			}))
		};
		return c.json(tablet);
	});
}

function verifierFor({ scope, verifier, expires }: Card, household: Scope) {
	return scope === household && verifier ? [{ ...verifier, expires }] : [];
}

async function householdRecords(databases: Databases, courtyard: Scope): Promise<RevisionSet> {
	const records = new RevisionSet(policyOf);
	const database = await databases.get(databaseOf(courtyard));
	if (!database) return records;
	const prefix = `household:${entityOfScope(courtyard)}.`;
	const { rows } = await database.allDocs({
		startkey: prefix,
		endkey: `${prefix}\uffff`,
		include_docs: true
	});
	for (const row of rows) {
		const checked = checkRevision('doc' in row ? row.doc : undefined);
		if (checked.ok) records.add([checked.revision]);
	}
	return records;
}
