import { parentScope, type Scope } from '#records/scope.ts';
import type { Revision } from '#records/revision.ts';
import type { TestServer } from '../serve.ts';
import { heldOnServer } from './held-records.ts';

/** The households of a courtyard of the made-up roster, in the order of their doors. */
export async function householdsIn(
	server: TestServer,
	courtyard: string
): Promise<readonly { readonly scope: Scope; readonly courtyard: Scope }[]> {
	const records = await heldOnServer(server);
	const yard = records.find(({ kind, body }) => kind === 'courtyard' && body?.['name'] === courtyard)?.scope;
	if (!yard) throw new Error(`the roster made no courtyard ${courtyard}`);
	return records
		.filter(({ kind, scope }) => kind === 'household' && parentScope(scope) === yard)
		.sort((a, b) => doorOf(a) - doorOf(b))
		.map(({ scope }) => ({ scope, courtyard: yard }));
}

/** 3 of 3号. */
function doorOf({ body }: Pick<Revision, 'body'>): number {
	const door = body?.['door'];
	return typeof door === 'string' ? Number.parseInt(door) : 0;
}
