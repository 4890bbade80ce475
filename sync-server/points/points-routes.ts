import { Hono } from 'hono';
import { grantsOf } from '#access/grant.ts';
import { mayRead } from '#access/rights.ts';
import { isDay } from '#kinds/day.ts';
import { entityOfScope } from '#kinds/kind.ts';
import { policyOf } from '#kinds/kinds.ts';
import { householdPoints } from '#read-models/points.ts';
import { databaseOf } from '#records/database-name.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { isScope, levelOf, scopeAt, type Scope } from '#records/scope.ts';
import { badRequest, forbidden, unauthorized } from '../couch-error.ts';
import type { ServerEnv } from '../server-env.ts';
import type { Databases } from '../storage/databases.ts';
import { storedRecords } from '../storage/stored-records.ts';

/**
 * `GET /api/points?household=&month=`: a household's points of a month, line by line: the fold that phones show,
 * over the server's records. For those who read its check-ins.
 */
export function pointsRoutes(databases: Databases): Hono<ServerEnv> {
	return new Hono<ServerEnv>().get('/', async (c) => {
		const { household, month = '' } = c.req.query();
		if (!isScope(household) || levelOf(household) !== 'household')
			throw badRequest('`household` must be the path of a household.');
		if (!isDay(`${month}-01`)) throw badRequest('`month` must be a month such as 2026-11.');
		const { name, roles } = c.get('user');
		if (name === null) throw unauthorized('Please login.');
		if (!mayRead(grantsOf(roles), 'check-in', household))
			throw forbidden(`You read no check-ins of ${household}.`);
		return c.json(householdPoints(await recordsFor(databases, household, month), household, month));
	});
}

async function recordsFor(databases: Databases, household: Scope, month: string): Promise<RevisionSet> {
	const subdistrict = scopeAt(household, 'subdistrict') ?? household;
	const near = await databases.get(databaseOf(household));
	const above = await databases.get(databaseOf(subdistrict));
	const records = new RevisionSet(policyOf);
	records.add(await storedRecords(near, `check-in:${entityOfScope(household)}.${month}-`));
	records.add(await storedRecords(near, `act:${entityOfScope(household)}.${month}-`));
	records.add(await storedRecords(above, `points-rule:${subdistrict}.`));
	return records;
}
