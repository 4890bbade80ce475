import * as v from 'valibot';
import { checkRecord } from '#kinds/check-record.ts';
import { policyOf } from '#kinds/kinds.ts';
import { staffPinWanted } from '#kinds/staff-pin.ts';
import { databaseOf } from '#records/database-name.ts';
import { RevisionSet } from '#records/revision-set.ts';
import { scopeAt, type Scope } from '#records/scope.ts';
import { WireError } from './wire-error.ts';
import { askJson, boundedWire, type Wire } from './wire.ts';

const rows = v.object({ rows: v.array(v.object({ doc: v.unknown() })) });
/** A sign-in that got through is not held up for longer. */
const patienceMs = 8_000;

/**
 * Whether the office wants a PIN of who works in these places, asked of the server before anything is stored here.
 * False when it cannot tell: then the records tell, once they are here.
 */
export async function askForStaffPin(wire: Wire, places: readonly Scope[]): Promise<boolean> {
	const bounded = boundedWire(wire, new AbortController().signal, patienceMs);
	const records = new RevisionSet(policyOf);
	try {
		for (const database of new Set(places.flatMap((place) => subdistrictDatabase(place) ?? []))) {
			const keys = 'include_docs=true&startkey=%22policy:%22&endkey=%22policy;%22';
			const answer = await askJson(bounded, `/db/${database}/_all_docs?${keys}`, rows);
			for (const { doc } of answer.rows) {
				const checked = checkRecord(doc);
				if (checked.ok) records.add([checked.revision]);
			}
		}
	} catch (error) {
		if (error instanceof WireError) return false;
		throw error;
	}
	return staffPinWanted(records, places);
}

function subdistrictDatabase(place: Scope): string | undefined {
	const subdistrict = scopeAt(place, 'subdistrict');
	return subdistrict && databaseOf(subdistrict);
}
